// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

var rabbitmqKind = kind{
	name:  "rabbitmq",
	doc:   "Calls the function with the messages of an exchange of a DMS for RabbitMQ instance.",
	codes: []string{"RABBITMQ"},
	members: append([]member{
		need("instance_id", "instance_id", "The instance."),
		need("exchange_name", "exchange_name", "Name of the exchange."),
		batch(maxBatchMessages, "How many messages one call gets: 1 to 1000."),
		text("user", "access_user", "User of the instance."),
		text("connect_address", "connect_address", "Address of the instance, `ip:port`."),
		text("vhost", "vhost", "The virtual host."),
		flag("ssl_enable", "ssl_enable", "Whether TLS is used."),
	}, password("access_password", "Password of the user")...),
	gap:       messagesWait,
	secretDue: func(values) bool { return true },
	create:    needPassword,
}
