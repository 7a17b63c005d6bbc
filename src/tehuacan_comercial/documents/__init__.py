"""Paper: a frozen record goes in, PDF bytes come out (ReportLab)."""
