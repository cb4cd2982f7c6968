"""The window around the pages: menus, preferences, help, language, notifications."""
