// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

const maxBatchMessages = 1000

var kafkaKind = kind{
	name: "kafka",
	doc: "Calls the function with the messages of topics of a DMS for Kafka instance. The function has to be in the " +
		"instance's network, and needs an agency.",
	codes: []string{"KAFKA"},
	members: append([]member{
		need("instance_id", "instance_id", "The instance."),
		some("topic_ids", "topic_ids", "The topics."),
		batch(maxBatchMessages, "How many messages one call gets: 1 to 1000."),
		text("user", "kafka_user", "User, for an instance with SASL."),
		text("connect_address", "kafka_connect_address", "Addresses of the brokers, `ip:port`, separated by commas."),
		flag("ssl_enable", "kafka_ssl_enable", "Whether SASL_SSL is used, which needs user and password."),
	}, password("kafka_password", "Password of the user")...),
	check:     checkUser,
	create:    func(v values, fail fail) { needUser(v, "ssl_enable", fail) },
	gap:       messagesWait,
	secretDue: func(prior values) bool { return prior.given("user") },
	unique:    [][]string{{"instance_id"}},
}

func messagesWait(values) string {
	return "Nothing is delivered between the deletion and the moment when the new one is on, and where the new one " +
		"begins to read is up to the service."
}
