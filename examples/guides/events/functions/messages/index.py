def handler(event, context):
    for record in event["records"]:
        print(len(record["messages"]), "messages of", record["topic_id"])
