// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const (
	address     = "fgs_function_trigger.test"
	functionURN = "urn:fss:" + emulator.DefaultRegion + ":" + emulator.DefaultProjectID + ":function:default:orders"
	aliasURN    = functionURN + ":!live"
)

// newEnv has a function that every type may call, with the version v1 and the alias live.
func newEnv(t testing.TB, options ...acctest.Option) *acctest.Env {
	t.Helper()
	e := acctest.New(t, options...)
	e.Emulator.Put(emulator.Function{Name: "orders", Settings: emulator.Settings{
		XRole: "reader", FuncVPC: &emulator.FuncVPC{VPCID: "vpc-1", SubnetID: "subnet-1"},
	}})
	if err := e.Emulator.Publish("default", "orders", "v1", ""); err != nil {
		t.Fatal(err)
	}
	if err := e.Emulator.PutAlias("default", "orders", "live", "v1", nil); err != nil {
		t.Fatal(err)
	}
	return e
}

func trigger(urn, attributes string) string {
	return fmt.Sprintf("resource \"fgs_function_trigger\" \"test\" {\n  function_urn = %q\n  %s\n}\n", urn, attributes)
}

func does(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
}

// holds demands that the service has one trigger: of the alias, with type, status and data.
func holds(e *acctest.Env, code, status, data string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		f, _ := e.Emulator.Function("default", "orders")
		if len(f.Triggers) != 1 {
			return fmt.Errorf("the service has %d triggers", len(f.Triggers))
		}
		got := f.Triggers[0]
		var want map[string]any
		if err := json.Unmarshal([]byte(data), &want); err != nil {
			return err
		}
		if got.Type != code || got.Status != status || got.Qualifier != "!live" {
			return fmt.Errorf("the service has a trigger %s %s of %s, want %s %s of !live", got.Type, got.Status, got.Qualifier,
				code, status)
		}
		if diff := cmp.Diff(want, got.EventData); diff != "" {
			return fmt.Errorf("the service has other data (-want +got):\n%s", diff)
		}
		return nil
	}
}

// typeRow is a type: configurations with what they become at the service.
type typeRow struct {
	code           string
	config, data   string
	other, changed string // another configuration that replaces
	live, moved    string // one that does not; "" for a type without
	spelt          string // the same in other words; "" for a type without
	hasSwitch      bool
	unread         []string // what an import cannot know
}

var typeRows = map[string]typeRow{
	"timer": {
		code: "TIMER", hasSwitch: true,
		config: `timer = { name = "nightly", cron = "CRON_TZ=Europe/Berlin 0 0 3 * * *",` +
			` user_event = jsonencode({ a = 1 }) }`,
		data: `{"name":"nightly","schedule_type":"Cron","schedule":"CRON_TZ=Europe/Berlin 0 0 3 * * *",` +
			`"user_event":"{\"a\":1}"}`,
		other:   `timer = { name = "nightly", rate = "3m", sync_execution = true }`,
		changed: `{"name":"nightly","schedule_type":"Rate","schedule":"3m","sync_execution":true}`,
	},
	"apig": {
		code:   "APIG",
		config: `apig = { name = "orders", group_id = "g-1", path = "/orders", auth = "NONE" }`,
		data: `{"name":"orders","group_id":"g-1","path":"/orders","auth":"NONE","req_method":"ANY","protocol":"HTTPS",` +
			`"match_mode":"SWA","env_name":"RELEASE","env_id":"DEFAULT_ENVIRONMENT_RELEASE_ID","type":1,` +
			`"func_info":{"timeout":5000}}`,
		other: `apig = { name = "orders", group_id = "g-1", path = "/orders", auth = "IAM", method = "GET",` +
			` type = "private", async = true, timeout_ms = 60000 }`,
		changed: `{"name":"orders","group_id":"g-1","path":"/orders","auth":"IAM","req_method":"GET","protocol":"HTTPS",` +
			`"match_mode":"SWA","env_name":"RELEASE","env_id":"DEFAULT_ENVIRONMENT_RELEASE_ID","type":2,` +
			`"func_info":{"timeout":60000,"invocation_type":"async"}}`,
	},
	"dedicated gateway": {
		code: "DEDICATEDGATEWAY",
		config: `apig = { name = "orders", group_id = "g-1", path = "/orders", auth = "APP", instance_id = "gw-1",` +
			` match_mode = "NORMAL" }`,
		data: `{"name":"orders","group_id":"g-1","path":"/orders","auth":"APP","instance_id":"gw-1","req_method":"ANY",` +
			`"protocol":"HTTPS",` +
			`"match_mode":"NORMAL","env_name":"RELEASE","env_id":"DEFAULT_ENVIRONMENT_RELEASE_ID","type":1,` +
			`"func_info":{"timeout":5000}}`,
		other: `apig = { name = "orders", group_id = "g-1", path = "/orders/new", auth = "APP", instance_id = "gw-1",` +
			` match_mode = "NORMAL" }`,
		changed: `{"name":"orders","group_id":"g-1","path":"/orders/new","auth":"APP","instance_id":"gw-1",` +
			`"req_method":"ANY","protocol":"HTTPS",` +
			`"match_mode":"NORMAL","env_name":"RELEASE","env_id":"DEFAULT_ENVIRONMENT_RELEASE_ID","type":1,` +
			`"func_info":{"timeout":5000}}`,
	},
	"obs": {
		code:    "OBS",
		config:  `obs = { bucket = "uploads", events = ["ObjectCreated", "ObjectRemoved:Delete"], prefix = "in/" }`,
		data:    `{"bucket":"uploads","events":["s3:ObjectCreated:*","s3:ObjectRemoved:Delete"],"prefix":"in/"}`,
		other:   `obs = { bucket = "others", events = ["s3:ObjectCreated:Put"], suffix = ".jpg", name = "pictures" }`,
		changed: `{"bucket":"others","events":["s3:ObjectCreated:Put"],"suffix":".jpg","name":"pictures"}`,
		spelt:   `obs = { bucket = "others", events = ["ObjectCreated:Put"], suffix = ".jpg", name = "pictures" }`,
		unread:  []string{"obs.events", "obs.events.#", "obs.events.0", "obs.name"},
	},
	"smn": {
		code:   "SMN",
		config: `smn = { topic_urn = "urn:smn:a:b:alarms" }`, data: `{"topic_urn":"urn:smn:a:b:alarms"}`,
		other: `smn = { topic_urn = "urn:smn:a:b:others" }`, changed: `{"topic_urn":"urn:smn:a:b:others"}`,
	},
	"lts": {
		code: "LTS", hasSwitch: true,
		config: `lts = { log_group_id = "g-1", log_stream_id = "s-1" }`, data: `{"log_group_id":"g-1","log_topic_id":"s-1"}`,
		other:   `lts = { log_group_id = "g-1", log_stream_id = "s-2" }`,
		changed: `{"log_group_id":"g-1","log_topic_id":"s-2"}`,
	},
	"cts": {
		code:    "CTS",
		config:  `cts = { name = "watch", operations = ["FunctionGraph:Functions:createFunction"] }`,
		data:    `{"name":"watch","operations":["FunctionGraph:Functions:createFunction"]}`,
		other:   `cts = { name = "watch", operations = ["ECS:server;disk:create;delete"] }`,
		changed: `{"name":"watch","operations":["ECS:server;disk:create;delete"]}`,
	},
	"dis": {
		code: "DIS", hasSwitch: true,
		config: `dis = { stream_name = "orders", starting_position = "LATEST", polling_interval = 30 }`,
		data: `{"stream_name":"orders","sharditerator_type":"LATEST","polling_interval":30,"polling_unit":"s",` +
			`"is_serial":"false"}`,
		other: `dis = { stream_name = "others", starting_position = "TRIM_HORIZON", polling_interval = 30,` +
			` batch_size = 10 }`,
		changed: `{"stream_name":"others","sharditerator_type":"TRIM_HORIZON","polling_interval":30,"polling_unit":"s",` +
			`"is_serial":"false","batch_size":10}`,
		live: `dis = { stream_name = "others", starting_position = "TRIM_HORIZON", polling_interval = 500,` +
			` polling_unit = "ms", ` +
			`serial = true, max_fetch_bytes = 2048, batch_size = 10 }`,
		moved: `{"stream_name":"others","sharditerator_type":"TRIM_HORIZON","polling_interval":500,"polling_unit":"ms",` +
			`"is_serial":"true",` +
			`"max_fetch_bytes":2048,"batch_size":10}`,
	},
	"dds": {
		code: "DDS", hasSwitch: true, unread: []string{"dds.password", "dds.password_wo_version"},
		config: `dds = { instance_id = "i", db_name = "shop", collection_name = "orders", batch_size = 100,` +
			` password_wo = "one", password_wo_version = "1" }`,
		data: `{"instance_id":"i","db_name":"shop","collection_name":"orders","batch_size":100,"db_password":"one"}`,
		other: `dds = { instance_id = "i", db_name = "shop", collection_name = "orders", batch_size = 100,` +
			` password_wo = "two", password_wo_version = "2" }`,
		changed: `{"instance_id":"i","db_name":"shop","collection_name":"orders","batch_size":100,"db_password":"two"}`,
	},
	"kafka": {
		code: "KAFKA", hasSwitch: true, unread: []string{"kafka.password", "kafka.password_wo_version"},
		config: `kafka = { instance_id = "k", topic_ids = ["orders", "late"], batch_size = 100, user = "fg",` +
			` password = "one", ssl_enable = true }`,
		data: `{"instance_id":"k","topic_ids":["late","orders"],"batch_size":100,"kafka_user":"fg",` +
			`"kafka_password":"one","kafka_ssl_enable":true}`,
		other:   `kafka = { instance_id = "k", topic_ids = ["orders"], batch_size = 100, connect_address = "10.0.0.1:9092" }`,
		changed: `{"instance_id":"k","topic_ids":["orders"],"batch_size":100,"kafka_connect_address":"10.0.0.1:9092"}`,
	},
	"rabbitmq": {
		code: "RABBITMQ", hasSwitch: true, unread: []string{"rabbitmq.password", "rabbitmq.password_wo_version"},
		config: `rabbitmq = { instance_id = "r", exchange_name = "orders", batch_size = 10, password_wo = "one",` +
			` password_wo_version = "1" }`,
		data: `{"instance_id":"r","exchange_name":"orders","batch_size":10,"access_password":"one"}`,
		other: `rabbitmq = { instance_id = "r", exchange_name = "orders", batch_size = 10, password = "two", user = "u",` +
			` vhost = "/v", ssl_enable = true }`,
		changed: `{"instance_id":"r","exchange_name":"orders","batch_size":10,"access_password":"two","access_user":"u",` +
			`"vhost":"/v","ssl_enable":true}`,
	},
	"rocketmq": {
		code: "ROCKETMQ", hasSwitch: true, unread: []string{"rocketmq.password", "rocketmq.password_wo_version"},
		config: `rocketmq = { instance_id = "r", batch_size = 10 }`, data: `{"instance_id":"r","batch_size":10}`,
		other: `rocketmq = { instance_id = "r", batch_size = 10, enable_acl = true, user = "ak", password_wo = "one", ` +
			`password_wo_version = "1" }`,
		changed: `{"instance_id":"r","batch_size":10,"enable_acl":true,"access_key":"ak","secret_key":"one"}`,
	},
	"eventgrid": {
		code: "EVENTGRID",
		config: `eventgrid = { channel_id = "c", source_name = "HC.OBS.DWR", event_types = ["OBS:DWR:ObjectCreated:PUT"],` +
			` agency = "fgs_to_eg", bucket = "b" }`,
		data: `{"channel_id":"c","source_name":"HC.OBS.DWR","event_types":["OBS:DWR:ObjectCreated:PUT"],` +
			`"agency":"fgs_to_eg","bucket":"b"}`,
		other: `eventgrid = { channel_id = "d", key_encode = true }`, changed: `{"channel_id":"d","Key_encode":true}`,
		unread: []string{"eventgrid.agency", "eventgrid.bucket", "eventgrid.key_encode"},
	},
	"other": {
		code: "OPENSOURCEKAFKA", hasSwitch: true, unread: []string{"other.data", "other.secrets_wo_version"},
		config: `other = { type = "OPENSOURCEKAFKA", data = jsonencode({ topic_ids = ["a"], batch_size = 1 }), ` +
			`secrets_wo = { kafka_password = "one" }, secrets_wo_version = "1" }`,
		data:    `{"topic_ids":["a"],"batch_size":1,"kafka_password":"one"}`,
		other:   `other = { type = "OPENSOURCEKAFKA", data = jsonencode({ topic_ids = ["b"], batch_size = 1 }) }`,
		changed: `{"topic_ids":["b"],"batch_size":1}`,
		spelt:   `other = { type = "OPENSOURCEKAFKA", data = "{ \"batch_size\": 1.0, \"topic_ids\": [\"b\"] }" }`,
	},
}

// TestAccTypes: a trigger of each type is made as it is written and on, planned without a difference, imported, turned
// off and on where it has a switch, replaced by what the service cannot change, changed in place by what it can, not
// touched by what is only spelt in another way, and removed.
func TestAccTypes(t *testing.T) {
	t.Parallel()
	for name, row := range typeRows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			row.run(t)
		})
	}
}

func (row typeRow) run(t *testing.T) {
	t.Helper()
	e := newEnv(t)
	steps := []resource.TestStep{
		{Config: trigger(aliasURN, row.config), Check: holds(e, row.code, "ACTIVE", row.data)},
		{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: append(row.unread, "timeouts")},
	}
	if row.hasSwitch {
		steps = append(steps, resource.TestStep{
			Config: trigger(aliasURN, row.config+"\n  enabled = false"), ConfigPlanChecks: does(plancheck.ResourceActionUpdate),
			Check: holds(e, row.code, "DISABLED", row.data),
		})
	}
	steps = append(steps, resource.TestStep{
		Config: trigger(aliasURN, row.other), ConfigPlanChecks: does(plancheck.ResourceActionDestroyBeforeCreate),
		Check: holds(e, row.code, "ACTIVE", row.changed),
	})
	if row.live != "" {
		steps = append(steps, resource.TestStep{
			Config: trigger(aliasURN, row.live), ConfigPlanChecks: does(plancheck.ResourceActionUpdate),
			Check: holds(e, row.code, "ACTIVE", row.moved),
		})
	}
	if row.spelt != "" {
		steps = append(steps, resource.TestStep{
			Config: trigger(aliasURN, row.spelt), ConfigPlanChecks: does(plancheck.ResourceActionNoop),
			Check: holds(e, row.code, "ACTIVE", row.changed),
		})
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: e.Factories, Steps: steps})
	if f, _ := e.Emulator.Function("default", "orders"); len(f.Triggers) != 0 {
		t.Errorf("%d triggers are left", len(f.Triggers))
	}
}
