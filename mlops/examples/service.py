"""A small service that answers what is trending, configured by sluice: `sluice run --env dev --mount -- uvicorn service:app`."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict

from fastapi import FastAPI

from sluice_config import load


@dataclass
class Serving:
    top_n: int
    min_score: float


def make_app() -> FastAPI:
    config = load()
    serving = config.into(Serving, "serving")
    app = FastAPI()

    @app.get("/settings")
    def settings() -> Dict[str, Any]:
        return {"environment": config.text("project.environment"), "top_n": serving.top_n,
                "has_password": bool(config.text("warehouse.password"))}

    return app
