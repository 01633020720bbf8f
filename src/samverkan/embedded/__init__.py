"""All roles of one machine, wired together: the only room that knows every role."""
