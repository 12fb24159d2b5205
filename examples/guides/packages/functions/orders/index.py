import prices


def handler(event, context):
    return prices.gross(event["net"])
