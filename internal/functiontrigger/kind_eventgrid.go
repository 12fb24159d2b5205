// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// What answers of EVENTGRID do not repeat is silent (contract Q35).
var eventgridKind = kind{
	name: "eventgrid",
	doc: "Calls the function with events of EventGrid, which a subscription there passes on. The subscription may stay " +
		"when the trigger is deleted: look at EventGrid then.",
	codes: []string{"EVENTGRID"},
	members: []member{
		text("channel_id", "channel_id", "The channel."),
		text("channel_name", "channel_name", "Name of the channel."),
		text("source_name", "source_name", "The source of the events, for example `HC.OBS.DWR`."),
		text("trigger_name", "trigger_name", "End of the name of the subscription.").silently(),
		text("agency", "agency", "The agency that lets EventGrid call the function, for example `fgs_to_eg`.").silently(),
		text("bucket", "bucket", "The bucket, for a source of OBS.").silently(),
		{name: "event_types", wire: []string{"event_types"}, attribute: schema.SetAttribute{
			Optional: true, ElementType: types.StringType,
			MarkdownDescription: "The types of the events, for example `OBS:DWR:ObjectCreated:PUT`.",
			Validators:          []validator.Set{setvalidator.SizeAtLeast(1), setvalidator.NoNullValues()},
		}},
		flag("key_encode", "Key_encode", "Whether the names of objects are encoded.").silently(),
	},
	gap:      eventsAreLost,
	noSwitch: true, // contract Q29 is open: deleting always stops it
}
