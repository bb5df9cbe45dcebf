"""Slack's Web API: one module a family of methods, and the endpoint that serves them.

https://docs.slack.dev/apis/web-api
"""

from highlightbot.playground.web_api.endpoint import WebApi

__all__ = ["WebApi"]
