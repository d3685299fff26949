"""A task as an Airflow operator would call it (`PythonOperator(python_callable=ingest)`): nothing here knows an environment."""
from __future__ import annotations

from typing import Any, Dict

from sluice_config import load


def ingest(**context: Any) -> Dict[str, str]:
    config = load()
    return {"bucket": config.text("storage.buckets.raw"), "connection": config.text("airflow.connections.warehouse"),
            "day": str(context.get("ds", ""))}
