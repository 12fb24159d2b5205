import json


def handler(event, context):
    return "in step: " + json.loads(event["user_event"])["what"]
