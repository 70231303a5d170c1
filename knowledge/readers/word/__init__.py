"""Word files: .docx as it prints, .doc and .wps by way of LibreOffice."""
