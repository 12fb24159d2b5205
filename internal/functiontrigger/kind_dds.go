// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import "github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"

const maxBatchDocuments = 10000

var ddsKind = kind{
	name: "dds",
	doc: "Calls the function with the changes of a collection in a Document Database instance. The function has to be " +
		"in the instance's network.",
	codes: []string{"DDS"},
	members: append([]member{
		need("instance_id", "instance_id", "The instance."),
		need("db_name", "db_name", "Name of the database: not `admin`, `local` or `config`.",
			stringvalidator.NoneOf("admin", "local", "config")),
		need("collection_name", "collection_name", "Name of the collection."),
		batch(maxBatchDocuments, "How many changes one call gets: 1 to 10000."),
	}, password("db_password", "Password of the user `rwuser`")...),
	gap:       func(values) string { return "What changes between the deletion and the creation may not be delivered." },
	secretDue: func(values) bool { return true },
	create:    needPassword,
}
