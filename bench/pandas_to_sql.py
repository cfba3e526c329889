"""Peer of the import benchmark: reads a sales CSV with pandas and writes its rows into SQLite."""
import json
import resource
import sqlite3
import sys

import pandas as pd

csv_path, database = sys.argv[1], sys.argv[2]
frame = pd.read_csv(csv_path, dtype={"Invoice": str, "StockCode": str, "Customer ID": str}, low_memory=False)
if "InvoiceDate" in frame:
    frame["InvoiceDate"] = pd.to_datetime(frame["InvoiceDate"])
with sqlite3.connect(database) as connection:
    frame.to_sql("sale_line", connection, index=False)
usage = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"rows": len(frame), "cpuSeconds": usage.ru_utime + usage.ru_stime, "peakMb": usage.ru_maxrss / 1024}))
