"""The hotline desk: pages and JSON for agents and admins, framed as the console is (``api.routes.admin``).

A page is added as there: a module with ``router`` and full paths (``/desk/requests``), its name in ``DESK_MODULES`` of
``api/routes/admin/console.py``, an item in ``DESK_NAVIGATION``; every route asks for ``STAFF_ONLY`` or ``StaffDep``.
"""
