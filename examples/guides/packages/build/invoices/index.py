import numbering


def handler(event, context):
    return numbering.following(event["last"])
