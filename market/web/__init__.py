"""Everything of Flask that all pages share: static files, icons, formats, menus, headers, error pages.

`market.web.setup.init_app` wires it into the application.
"""
