"""What the engine's rules are called among people, which of them are worth less, and which know only ids."""

import re

PUBLIC = {
    "posthog-project-api-key": "PostHog project key",
    "mapbox-api-token": "Mapbox public token",
    "new-relic-browser-api-token": "New Relic browser key",
    "mailgun-pub-key": "Mailgun public key",
    "devcycle-client-sdk-key": "DevCycle client key",
    "devcycle-mobile-sdk-key": "DevCycle mobile key",
    "configcat-sdk-key": "ConfigCat SDK key",
    "configcat-sdk-key-extended": "ConfigCat SDK key",
    "contentful-delivery-api-token": "Contentful delivery token",
    "sumologic-access-id": "Sumo Logic access id",
    "sendbird-access-id": "Sendbird application id",
    "flutterwave-public-key": "Flutterwave public key",
    "lob-pub-api-key": "Lob publishable key",
}
"""Rules of the catalogue that know what is public by design, as their providers say; all "…-client-id" are, too."""

VAGUE = frozenset(
    """kimi-api-key zai-api-key voyageai-api-key alibaba-secret-key alibaba-sts-access-key-secret hashicorp-tf-password
    curl-auth-user curl-auth-header generic-credential-uri twilio-api-key nuget-config-password jwt jwt-base64
    private-key pypi-upload-token gcp-service-account gcp-application-default-credentials aws-session-token
    mongodb-connection-string""".split()
)
"""Rules that match so much, or so much text, that our own rule for the same thing is asked instead."""

SAME = {
    "aws-access-token": "AWS access key id",
    "gcp-api-key": "Google API key",
    "stripe-access-token": "Stripe secret key",
}
"""Rules of the catalogue that know what a rule of ours knows, by the name that ours has for it."""

_NAMES = {
    "1password": "1Password",
    "ai": "AI",
    "api": "API",
    "aws": "AWS",
    "ci": "CI",
    "circleci": "CircleCI",
    "cloudflare": "Cloudflare",
    "databricks": "Databricks",
    "datadog": "Datadog",
    "digitalocean": "DigitalOcean",
    "dockerhub": "Docker Hub",
    "gcp": "Google Cloud",
    "github": "GitHub",
    "gitlab": "GitLab",
    "hubspot": "HubSpot",
    "huggingface": "Hugging Face",
    "id": "id",
    "jwt": "JWT",
    "linkedin": "LinkedIn",
    "mailchimp": "Mailchimp",
    "mongodb": "MongoDB",
    "newrelic": "New Relic",
    "npm": "npm",
    "nuget": "NuGet",
    "oauth": "OAuth",
    "openai": "OpenAI",
    "paypal": "PayPal",
    "planetscale": "PlanetScale",
    "posthog": "PostHog",
    "pypi": "PyPI",
    "rubygems": "RubyGems",
    "sendgrid": "SendGrid",
    "sendinblue": "Brevo",
    "supabase": "Supabase",
    "tf": "Terraform",
    "uri": "address",
    "xai": "xAI",
    "zai": "Z.ai",
}
_PLAIN = frozenset(
    "key token secret access password client webhook url user personal service account bot app".split()
)


def short(rule: str) -> str:
    """A rule's id without the catalogue's name and the number of its version: "sendgrid-api-token"."""
    return re.sub(r"\.\d+$", "", rule.rpartition("/")[2].removeprefix("betterleaks."))


def public(rule: str) -> str:
    """What public thing a rule of the catalogue knows; empty if it knows secrets."""
    name = short(rule)
    return PUBLIC.get(name, words(rule, "") if name.endswith("-client-id") else "")


def words(rule: str, name: str) -> str:
    """What a rule knows, as people say it: "SendGrid API token"."""
    if rule.startswith("launchready.") or "/" in rule:
        return name
    if same := SAME.get(short(rule)):
        return same
    first, *rest = short(rule).split("-")
    said = [_NAMES.get(first, first.capitalize())]
    said += [part if part in _PLAIN else _NAMES.get(part, part) for part in rest]
    return " ".join(said)
