// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

var rocketmqKind = kind{
	name: "rocketmq",
	doc: "Calls the function with the messages of a DMS for RocketMQ instance. The documents of the service do not name " +
		"the members for topic and consumer group: where the service asks for them, use `other`.",
	codes: []string{"ROCKETMQ"},
	members: append([]member{
		need("instance_id", "instance_id", "The instance."),
		batch(maxBatchMessages, "How many messages one call gets: 1 to 1000."),
		flag("enable_acl", "enable_acl", "Whether access is controlled, which needs user and password."),
		text("user", "access_key", "User: the access key."),
	}, password("secret_key", "The secret key of the user")...),
	check:     checkUser,
	create:    func(v values, fail fail) { needUser(v, "enable_acl", fail) },
	gap:       messagesWait,
	secretDue: func(prior values) bool { return prior.given("user") },
}
