"""Rasa components; named in config.yml and endpoints.yml by their dotted path, so PYTHONPATH must hold the root."""
