"""What comes in XML: OHMS, TEI and Dublin Core."""
