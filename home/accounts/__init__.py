"""Accounts: sign-up, login by mailed code or password, second factor; allauth in our clothes."""
