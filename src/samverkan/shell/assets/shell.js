// Enhancement only: every page works without this file.
import "htmx.org";

// A form is sent once; the button says that it was pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent === "yes") {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  // An answer that is a file leaves the page standing: let the form be sent again.
  setTimeout(() => delete form.dataset.sent, 4000);
});
// Back from the history the form may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// A form that came back with mistakes begins at their list; not every browser heeds autofocus there.
document.getElementById("error-summary")?.focus();

// A part that was replaced gives its focus back to the control of the same name.
let focused = "";
document.addEventListener("htmx:before:request", () => {
  focused = document.activeElement?.id ?? "";
});
document.addEventListener("htmx:after:swap", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  const summary = document.getElementById("error-summary");
  const target = summary ?? (focused ? document.getElementById(focused) : null);
  target?.focus();
});
