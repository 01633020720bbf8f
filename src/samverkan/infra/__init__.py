"""Technology without domain words. Only the roles' `sql` and `app`, and `embedded`, come here."""
