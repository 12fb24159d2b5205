def handler(event, context):
    return "report " + str(event.get("user_event"))
