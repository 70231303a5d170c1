"""The admin console: pages made on the server, for staff who are logged in.

To add a page: (1) a module here with ``router = APIRouter(include_in_schema=False, dependencies=[ADMINS_ONLY])`` and
full paths (``/admin/faq``); (2) its name in ``MODULES`` of ``console.py``: the item of ``navigation.py`` with this path
then appears; (3) ``def page(request: Request, services: ServicesDep) -> Response``, which ends with ``return render(
request, "admin/faq.html", facts)``; the template extends ``admin/base.html`` and uses ``admin/macros.html``;
(4) a POST takes ``admin: AdminDep``, does its work, calls ``services.audit.write(admin, "faq_added", subject, facts)``
and ends with ``return redirect(request, "/admin/faq", notice="…")``. The token against forged forms is in the macro
``form`` and is checked by ``ADMINS_ONLY`` and ``AdminDep``.
"""
