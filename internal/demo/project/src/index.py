RELEASE = "1"


def handler(event, context):
    return {"statusCode": 200, "body": "orders, release " + RELEASE}
