def gross(net, rate=0.19):
    return round(net * (1 + rate), 2)
