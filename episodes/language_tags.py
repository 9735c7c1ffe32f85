"""Language tags (BCP 47), as people and engines write them: `en`, `pt-BR`, `zh_Hant`."""


def primary_subtag(tag: str) -> str:
    """Return the language of a tag in lower-case letters, without region or script: `pt` of `pt_BR`."""
    return tag.lower().replace("_", "-").split("-")[0]
