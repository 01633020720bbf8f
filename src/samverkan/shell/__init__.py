"""What the screens of every role share: frame, design, sessions, forms, texts, refusals.

**How a role adds a screen.** A role has `web/` with its handlers, `web/templates/*.html` and
`web/texts/{sv,en}/*.yaml`. A screen is a handler, a template and its texts in both languages:

    from samverkan.shell import forms, pages
    from samverkan.shell.routes import FormData, act, page
    from samverkan.shell.visit import AnyRequest, signed_in

    @page("/requests/{request_id:str}")
    def show(request: AnyRequest, request_id: FromPath[str]) -> Response[str]:
        match desk(request).open(signed_in(request), request_id):
            case Refused() as refused:
                return pages.refusal_page(request, refused)
            case opened:
                return pages.render(request, "request.html", opened=opened)

    @act("/requests/new")
    def ask(request: AnyRequest, data: FormData) -> Response[str]:
        match forms.read(Ask, data):
            case forms.Form() as form:
                return pages.render(request, "ask.html", status=422, form=form)
            case asked:
                desk(request).ask(signed_in(request), asked)
                return pages.redirect(request, "/requests", receipt="receipt.asked")

- `routes`: `page` and `act` are closed to readers not signed in; `open_page` and `open_act` are
  not; `machine` is for other machines. Handlers are plain functions and run in threads. A path
  parameter is `FromPath[str]` (of `litestar.params`).
- The template extends `shell/page.html`, fills `title` and `content`, and has at hand: `t` (texts
  by key), `f` (dates, numbers, money, hours), `ui` (the parts: table, facts, chain, timeline, tag,
  notice, fields, error_summary, button), `viewer`, `here`. Every form holds `{{ ui.csrf() }}`.
- `parts` holds the values that tables, chains and tags are filled with; `forms` the models.
- `visit.current(request)` is the `Viewer`; `visit.signed_in(request)` the officer's `UserId`.
- `pages.sign_in(request, user_id)` in the role's own sign-in handler draws a new token.
- `request.app.state[...]` holds the use cases that `web.make_app(..., services=...)` was given.
- No inline script or style: the policy forbids them. htmx only enhances; inheritance is explicit
  (`hx-headers:inherited` in the frame gives every enhanced request the form token).

**How a role becomes an application.** Its `app.py` makes a `frame.Site` (party's names, stamp,
sessions over its own `SessionStore`, 32 bytes of secret of that party alone, folder of `web/`) and
calls `web.make_app`. One process with several parties puts the applications behind `hosts.Hosts`.
Call `web.limit_threads` once, before the server's loop runs. Refusals become statuses in
`refusals` alone. The styles and the script are built by `npm ci && npm run build`.
"""
