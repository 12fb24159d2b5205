// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// probe asks a fresh emulator what a switch decides.
type probe struct {
	ask   func(b *bench) string
	first string // at the default
	other string // at the other pole
}

// fields counts the fields of a URN.
func fields(urn any) string { return fmt.Sprint(1 + strings.Count(fmt.Sprint(urn), ":")) }

func (r response) fields() string { return fields(r.body["func_urn"]) }

func code(r response) string { return strings.TrimSpace(fmt.Sprint(r.status, " ", r.code)) }

// further has what the probe of a switch answers at the positions behind the two poles.
var further = map[string][]string{
	"trigger-passwords": {"******true", "<nil> false"},
	"urn-form":          {"788887 87788"},
	"code-omitted":      {"200 false 1 true"},
	"error-details":     {"400 FSS.1011 <nil>"},
}

// probes has one entry for each switch; the test fails for a switch without one.
var probes = map[string]probe{
	"put-config": {func(b *bench) string {
		b.update(object{"description": "d"})
		return b.update(object{}).text("description")
	}, "", "d"},
	"null-members": {func(b *bench) string {
		b.update(object{"strategy_config": object{"concurrency": 7}})
		b.update(object{"strategy_config": nil})
		b.want(200, "", "PUT", demo+"/code",
			object{"code_type": "inline", "depend_version_list": []string{emulator.PublicDependency}})
		b.want(200, "", "PUT", demo+"/code", object{"code_type": "inline", "depend_version_list": nil})
		return fmt.Sprint(b.function().Concurrency, len(b.function().DependVersionList))
	}, "400 0", "7 1"},
	"unknown-members": {askUnknown, "200 200 204", "400 FSS.0400 400 FSS.0400 400 FSS.0400"},
	"list-versions-paging": {func(b *bench) string {
		b.publish("v1")
		return versionNames(b.versions("?marker=1&maxitems=1")) + code(b.do("GET", demo+"/versions?marker=x", nil))
	}, "latest v1200", "v1400 FSS.0400"},
	"version-quota": {func(b *bench) string { return askQuota(b, 10) }, "200", "403 FSS.0403"},
	"function-quota": {func(b *bench) string {
		for i := range 199 {
			b.create(object{"func_name": fmt.Sprint("f", i)})
		}
		return code(b.do("POST", functions, createBody(object{"func_name": "last"})))
	}, "200", "403 FSS.1041"},
	"inline-digest": {func(b *bench) string {
		f := b.function()
		return fmt.Sprint(f.Digest == sha(string(f.Code)), f.CodeSize == int64(len(f.Code)))
	}, "true true", "false false"},
	"obs-digest": {func(b *bench) string {
		b.server.PutObject(objectURL, []byte("content"))
		b.deployOBS()
		got := b.config()
		return fmt.Sprint(got.text("digest"), got.codeSize())
	}, sha("content") + "7", "0"},
	"image-digest": {func(b *bench) string {
		b.create(image(object{"func_name": "img"}))
		config := functions + "/" + urnPrefix + "default:img/config"
		first := b.do("GET", config, nil)
		b.want(200, "", "PUT", config, updateBody(object{"func_name": "img", "runtime": "Custom Image", "handler": "-",
			"custom_image": object{"enabled": true, "image": "swr.x/a:2"}}))
		second := b.do("GET", config, nil)
		return fmt.Sprint(first.text("digest"), first.codeSize(), second.text("digest"))
	}, "0", sha("swr.cn-north-4.myhuaweicloud.com/shop/orders:1.2") + "0" + sha("swr.x/a:2")},
	"publish-digest": {func(b *bench) string {
		return code(b.do("POST", demo+"/versions", object{"digest": sha("other")}))
	}, "400 FSS.0400", "200"},
	"publish-unchanged": {func(b *bench) string {
		b.publish("v1")
		same := code(b.do("POST", demo+"/versions", object{"version": "v2"}))
		b.update(object{"description": "new"})
		return same + ", " + code(b.do("POST", demo+"/versions", object{"version": "v2"}))
	}, "400 FSS.1016, 400 FSS.1016", "400 FSS.1016, 200"},
	"create-members": {func(b *bench) string {
		change := mounts(object{"user_id": -1, "user_group_id": -1}, "/mnt")
		for name, value := range (object{"func_name": "q10", "app_xrole": "app", "xrole": "x",
			"func_vpc":            object{"vpc_id": "v", "subnet_id": "s"},
			"depend_version_list": []string{emulator.PublicDependency},
			"initializer_handler": "a.b", "initializer_timeout": 9}) {
			change[name] = value
		}
		b.create(change)
		f, _ := b.server.Function("default", "q10")
		return fmt.Sprint(f.AppXRole, f.XRole, f.FuncVPC != nil, f.MountConfig != nil, len(f.DependVersionList),
			f.InitializerHandler, f.InitializerTimeout)
	}, "appxtrue true 1a.b9", "xfalse false 00"},
	"urn-form": {func(b *bench) string {
		// get config, of a version too; update config; code, twice; max instances; import; then those that are settled
		forms := b.config().fields() + b.update(object{}).fields() + b.want(200, "", "GET", demo+"/code", nil).fields() +
			b.want(200, "", "PUT", demo+"/code", object{"code_type": "inline"}).fields() +
			b.want(200, "", "PUT", demo+"/config-max-instance", object{"max_instance_num": 1}).fields() +
			b.want(200, "", "POST", functions+"/import", importBody(zipText(b.t, "f.yaml", document("i"), "index.py", "x"),
				object{"func_name": "i"})).fields()
		forms += " " + b.want(200, "", "POST", functions, createBody(object{"func_name": "other"})).fields() +
			b.want(200, "", "POST", demo+"/versions", object{"version": "v1"}).fields()
		forms += b.want(200, "", "GET", demo+":v1/config", nil).fields()
		for _, row := range b.versions("") {
			forms += fields(row["func_urn"])
		}
		return forms
	}, "888887 87888", "777778 87788"},
	"times": {func(b *bench) string {
		text := b.config().text("last_modified")
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return '9'
			}
			return r
		}, text)
	}, "9999-99-99T99:99:99+99:99", "9999-99-99 99:99:99"},
	"version-name": {func(b *bench) string {
		return b.want(200, "", "POST", demo+"/versions", object{}).text("version")[:2]
	}, "v2", "20"},
	"import-size": {func(b *bench) string {
		archive := strings.Repeat("\x00", 10<<20) + zipText(b.t, "f.yaml", document("f"), "index.py", "x")
		return code(b.do("POST", functions+"/import", importBody(archive, object{"func_name": "i"})))
	}, "200", "400 FSS.1023"},
	"signed-body-limit": {func(b *bench) string {
		body := `{"code_type":"inline"}` + strings.Repeat(" ", 12<<20)
		req := b.request("PUT", demo+"/code", body)
		sign(req, body, time.Now())
		got, err := roundTrip(req)
		if err != nil {
			return err.Error()
		}
		return code(got)
	}, "413 APIGW.0201", "200"},
	"code-omitted": {func(b *bench) string {
		b.want(200, "", "PUT", demo+"/code",
			object{"code_type": "zip", "func_code": object{"file": b64(zipText(b.t, "a", "b"))}})
		before := b.function().Digest
		got := b.do("PUT", demo+"/code",
			object{"code_type": "zip", "depend_version_list": []string{emulator.PublicDependency}})
		f := b.function()
		return fmt.Sprint(code(got), " ", f.Digest == before, len(f.DependVersionList), f.CodeSize == 286)
	}, "200 true 1 false", "400 FSS.1012 true 0 false"},
	"image-initializer": {func(b *bench) string {
		dash := b.do("POST", functions,
			createBody(image(object{"func_name": "a", "initializer_handler": "-", "initializer_timeout": 9})))
		alone := b.do("POST", functions, createBody(image(object{"func_name": "b", "initializer_timeout": 9})))
		return fmt.Sprint(code(dash), alone.body["initializer_timeout"], " ", code(alone))
	}, "2009 200", "400 FSS.1404<nil> 400 FSS.1404"},
	"user-data-size": {func(b *bench) string {
		answers := ""
		for _, variables := range []string{
			`{"` + strings.Repeat("ä", 2000) + `":"` + strings.Repeat("ö", 2096) + `"}`, ofSize(4103), ofSize(4104),
		} {
			answers += " " + code(b.do("PUT", demo+"/config", updateBody(object{"user_data": variables})))
		}
		return answers
	}, " 400 FSS.1018 400 FSS.1018 400 FSS.1018", " 200 200 400 FSS.1018"},
	"publish-dependencies": {func(b *bench) string {
		b.publish("v1")
		b.want(200, "", "PUT", demo+"/code",
			object{"code_type": "inline", "depend_version_list": []string{emulator.PublicDependency}})
		first := b.do("POST", demo+"/versions", object{"version": "v2"})
		return code(first) + ", " + code(b.do("POST", demo+"/versions", object{"version": "v3"}))
	}, "400 FSS.1016, 400 FSS.1016", "200, 400 FSS.1016"},
	"dependency-times": {func(b *bench) string {
		made := b.createDependency(object{})
		rows := b.want(200, "", "GET", dependencies+"?dependency_type=private", nil)
		row := rows.body["dependencies"].([]any)[0].(object)
		_, text := row["last_modified"].(string)
		return fmt.Sprint(text, row["owner"] == made.body["owner"], row["is_shared"], row["id"] == made.body["dep_id"],
			row["dep_id"])
	}, "true false false true <nil>", "false true false true <nil>"},
	"error-details": {func(b *bench) string {
		got := b.do("PUT", demo+"/code", object{"code_type": "zip", "func_code": object{"file": b64("x")}})
		return fmt.Sprint(code(got), " ", got.body["details"])
	}, "400 FSS.1011 [map[error_msg:Invalid function code.]]", "400 FSS.1011 map[error_msg:Invalid function code.]"},
	"tags-read":          {func(b *bench) string { return code(b.do("GET", demoTags, nil)) }, "200", "404 APIGW.0101"},
	"resource-instances": {func(b *bench) string { return code(b.do("POST", resources, object{})) }, "200", "404 APIGW.0101"},
	"list-versions":      {func(b *bench) string { return code(b.do("GET", demo+"/versions", nil)) }, "200", "404 APIGW.0101"},
	"update-code-digest": {func(b *bench) string {
		got := b.want(200, "", "PUT", demo+"/code", object{"code_type": "inline", "func_code": object{"file": b64("x")}})
		return got.text("digest")
	}, sha("x"), ""},
	"update-code-echo": {func(b *bench) string {
		got := b.want(200, "", "PUT", demo+"/code", object{"code_type": "inline", "func_code": object{"file": b64("x")}})
		return fmt.Sprint(got.body["func_code"])
	}, "map[file:eA== link:]", "map[file: link:]"},
	"update-code-url": {func(b *bench) string {
		_, answered := b.want(200, "", "PUT", demo+"/code", changed(object{}, fromOBS())).body["code_url"]
		return fmt.Sprint(answered, " ", b.config().text("code_url"))
	}, "true " + objectURL, "false " + objectURL},
	"kms-read-back": {func(b *bench) string {
		key := object{"user_data_encrypt_kms_key_id": "k1", "code_encrypt_kms_key_id": "k2"}
		b.create(changed(object{"func_name": "k"}, key))
		f, _ := b.server.Function("default", "k")
		b.update(key)
		b.want(200, "", "PUT", demo+"/code", object{"code_type": "inline", "code_encrypt_kms_key_id": "k2"})
		return askMembers(b, "user_data_encrypt_kms_key_id", "code_encrypt_kms_key_id") + f.UserDataKMSKeyID + f.CodeKMSKeyID
	}, `"k1" "k2"k1k2`, `- -k1k2`},
	"image-code-members": {func(b *bench) string {
		return code(b.do("POST", functions, createBody(image(object{"func_name": "img", "code_filename": "index.py"}))))
	}, "200", "400 FSS.1006"},
	"omitted-strategy": {func(b *bench) string {
		b.want(200, "", "PUT", demo+"/config-max-instance", object{"max_instance_num": 7})
		b.update(object{"strategy_config": object{"concurrent_num": 5}})
		b.update(object{})
		return fmt.Sprint(b.function().Concurrency, " ", b.function().ConcurrentNum)
	}, "7 5", "400 1"},
	"put-config-name": {func(b *bench) string {
		return code(b.do("PUT", demo+"/config", updateBody(object{"func_name": absent{}})))
	}, "200", "400 FSS.1002"},
	"put-config-runtime": {func(b *bench) string {
		return b.update(object{"runtime": "Python3.12"}).text("runtime")
	}, "Python3.12", "Python3.9"},
	"version-config": {func(b *bench) string {
		b.publish("v1")
		got := code(b.do("PUT", demo+":v1/config", updateBody(object{"timeout": 9})))
		f := b.function()
		v, _ := f.Version("v1")
		return fmt.Sprint(got, ", ", v.Timeout, f.Timeout)
	}, "400 FSS.0400, 3 3", "200, 9 3"},
	"memory-sizes": {func(b *bench) string {
		return code(b.do("PUT", demo+"/config", updateBody(object{"memory_size": 8192}))) +
			code(b.do("PUT", demo+"/config", updateBody(object{"memory_size": 8193})))
	}, "200400 FSS.1007", "400 FSS.1007400 FSS.1007"},
	"log-default": {func(b *bench) string {
		got := b.config()
		b.create(object{"func_name": "off", "enable_lts_log": false})
		off, _ := b.server.Function("default", "off")
		return fmt.Sprint(got.on("enable_lts_log"), len(got.text("log_group_id")), len(got.text("log_stream_id")),
			off.EnableLTSLog)
	}, "false 0 0 false", "true 32 32 false"},
	"unset-members": {func(b *bench) string {
		return askMembers(b, "description", "gpu_memory", "enable_lts_log", "depend_version_list", "code_url", "timeout")
	}, `- - - - - 3`, `"" 0 false [] "" 3`},
	"unset-objects": {func(b *bench) string {
		return askMembers(b, "func_vpc", "mount_config", "network_controller", "custom_image")
	}, "- - - -", zeroObjects},
	"config-read-back": {func(b *bench) string {
		b.update(object{"runtime": "Java11", "restore_hook_handler": "a.b", "restore_hook_timeout": 5, "domain_names": "[]"})
		return askMembers(b, "domain_names", "restore_hook_handler", "restore_hook_timeout", "runtime")
	}, `"[]" "a.b" 5 "Java11"`, `- - - "Java11"`},
	"mount-ids": {func(b *bench) string {
		got := b.update(mounts(object{"user_id": 5, "user_group_id": -1}, "/mnt"))
		mounted, _ := got.body["mount_config"].(object)
		return string(mustMarshal(b.t, mounted["mount_user"]))
	}, `{"user_group_id":-1,"user_id":5}`, `{"user_group_id":"-1","user_id":"5"}`},
	"update-log-names": {func(b *bench) string {
		ids := object{"group_id": "g", "stream_id": "s"}
		all := object{"group_id": "g", "stream_id": "s", "group_name": "gn", "stream_name": "sn"}
		return code(b.do("PUT", demo+"/config", updateBody(object{"enable_lts_log": true, "log_config": ids}))) + ", " +
			code(b.do("PUT", demo+"/config", updateBody(object{"enable_lts_log": true, "log_config": all})))
	}, "200, 200", "400 FSS.0400, 200"},
	"reset-zeros": {func(b *bench) string {
		return code(b.do("PUT", demo+"/config", updateBody(object{"gpu_memory": 0}))) + ", " +
			code(b.do("PUT", demo+"/config", updateBody(object{"gpu_type": ""}))) + ", " +
			code(b.do("POST", functions, createBody(object{"func_name": "zero", "gpu_memory": 0})))
	}, "200, 200, 200", "400 FSS.0400, 400 FSS.0400, 400 FSS.0400"},
	"put-alias": {func(b *bench) string {
		aliased(b)
		moved := code(b.do("PUT", demo+"/aliases/prod", object{"version": "v2"}))
		b.want(200, "", "PUT", demo+"/aliases/prod", object{"version": "v2", "additional_version_weights": object{}})
		b.want(200, "", "PUT", demo+"/aliases/prod", object{"version": "latest"})
		alias, _ := b.aliasOf("prod")
		return fmt.Sprint(moved, " ", alias.Description, len(alias.Weights))
	}, "200 0", "400 FSS.1093 d0"},
	"alias-strategy": {func(b *bench) string {
		aliased(b)
		b.want(200, "", "PUT", demo+"/aliases/prod", object{"version": "v1", "additional_version_weights": object{},
			"additional_version_strategy": object{"v2": rules("and", "in")}})
		got, list := b.do("GET", demo+"/aliases/prod", nil), b.do("GET", demo+"/aliases", nil)
		return fmt.Sprint(got.body["additional_version_strategy"] != nil, " ",
			strings.Count(string(list.raw), "additional_version_strategy"))
	}, "true 1", "false 1"},
	"bound-alias": {func(b *bench) string {
		aliased(b)
		if err := b.server.PutTrigger("default", "demo", emulator.Trigger{Type: "TIMER", Qualifier: "!prod"}); err != nil {
			return err.Error()
		}
		got := code(b.do("DELETE", demo+":v1", nil))
		f := b.function()
		return fmt.Sprint(got, " ", len(f.Aliases), len(f.Triggers))
	}, "403 FSS.1154 1 1", "204 0 0"},
	"trigger-passwords": {func(b *bench) string {
		data := b.want(200, "", "GET", b.trigger("RABBITMQ", nil), nil).body["event_data"].(object)
		password, there := data["access_password"]
		return fmt.Sprint(password, there)
	}, "true", "Secret-1true"},
	"put-trigger-data": {func(b *bench) string {
		b.update(object{"xrole": "agency"})
		got := b.do("PUT", b.trigger("DIS", nil), object{"event_data": object{
			"polling_interval": 5, "polling_unit": "s", "is_serial": "false"}})
		return fmt.Sprint(got.body["event_data"].(object)["max_fetch_bytes"])
	}, "4.194304e+06", "<nil>"},
	"put-trigger-form": {func(b *bench) string {
		b.update(object{"xrole": "agency"})
		at := b.trigger("DIS", nil)
		sdk := object{"polling_interval": 5, "polling_unit": "s", "is_serial": true, "max_fetch_bytes": 1024}
		text, more := maps.Clone(sdk), maps.Clone(sdk)
		text["is_serial"], more["stream_name"] = "true", "s"
		var out []string
		for _, data := range []any{[]any{sdk}, sdk, []any{text}, []any{more}} {
			out = append(out, code(b.do("PUT", at, object{"event_data": data})))
		}
		return strings.Join(out, " ")
	}, "200 200 200 200", "200 400 FSS.0400 400 FSS.0400 400 FSS.0400"},
	"put-trigger-members": {func(b *bench) string {
		got := b.do("PUT", b.trigger("OBS", nil), object{"event_data": object{"bucket": "c", "prefix": "new/"}})
		data := got.body["event_data"].(object)
		bad := b.do("PUT", b.trigger("TIMER", nil), object{"event_data": object{"schedule": "nonsense"}})
		return fmt.Sprint(data["bucket"], " ", data["prefix"], " ", code(bad))
	}, "b in/ 200", "b new/ 400 FSS.1109"},
	"kafka-create": {func(b *bench) string {
		b.update(object{"xrole": "agency", "func_vpc": object{"vpc_id": "v", "subnet_id": "s"}})
		on := object{"trigger_status": "ACTIVE"}
		return b.do("GET", b.trigger("KAFKA", on), nil).text("trigger_status") + " " +
			b.do("GET", b.trigger("DDS", on), nil).text("trigger_status")
	}, "DISABLED DISABLED", "ACTIVE ACTIVE"},
	"create-disabled": {func(b *bench) string {
		b.update(object{"xrole": "agency", "func_vpc": object{"vpc_id": "v", "subnet_id": "s"}})
		off := object{"trigger_status": "DISABLED"}
		return b.do("GET", b.trigger("TIMER", off), nil).text("trigger_status") + " " +
			b.do("GET", b.trigger("KAFKA", off), nil).text("trigger_status")
	}, "DISABLED DISABLED", "ACTIVE DISABLED"},
	"trigger-list": {func(b *bench) string {
		b.publish("v1")
		b.make(":v1", timer("a"))
		b.make("", timer("b"))
		return b.listed("") + ", " + b.listed(":latest") + ", " + b.listed(":v1")
	}, "b, b, a", "a b, a b, a"},
	"trigger-lookup": {func(b *bench) string {
		b.publish("v1")
		path := triggers + demoURN + "/TIMER/" + b.make(":v1", timer("a"))
		return code(b.do("GET", path, nil)) + " " + code(b.do("PUT", path, object{"trigger_status": "DISABLED"})) + " " +
			code(b.do("DELETE", path, nil))
	}, "404 FSS.1140 404 FSS.1140 404 FSS.1140", "200 200 204"},
	"trigger-delay": {func(b *bench) string {
		return code(b.do("GET", b.trigger("TIMER", nil), nil))
	}, "200", "404 FSS.1140"},
	"timer-sync-execution": {func(b *bench) string {
		return fmt.Sprint(b.do("GET", b.trigger("TIMER", nil), nil).body["event_data"].(object)["sync_execution"])
	}, "false", "<nil>"},
	"obs-trigger-id": {func(b *bench) string {
		got := b.do("GET", b.trigger("OBS", nil), nil)
		return fmt.Sprint(got.text("trigger_id") == "uploads",
			got.body["event_data"].(object)["name"] == got.text("trigger_id"))
	}, "true true", "false true"},
	"timer-name": {func(b *bench) string {
		b.publish("v1")
		b.make("", timer("a"))
		return code(b.do("POST", triggers+demoURN+":v1", timer("a")))
	}, "201", "409 FSS.1148"},
	"gateway-answer": {func(b *bench) string {
		data := b.do("GET", b.trigger("APIG", nil), nil).body["event_data"].(object)
		return fmt.Sprint(data["sl_domain"], data["backend_type"])
	}, "<nil> <nil>", "g1.example.comFUNCTION"},
	"missing-function-triggers": {func(b *bench) string {
		b.want(204, "", "DELETE", demo, nil)
		return code(b.do("GET", triggers+demoURN, nil)) + " " + code(b.do("DELETE", triggers+demoURN+"/TIMER/x", nil))
	}, "500 FSS.0500 401 FSS.0401", "404 FSS.1051 404 FSS.1051"},
	"reserved-zero": {func(b *bench) string {
		b.want(200, "", "PUT", demo+"/reservedinstances", object{"count": 1})
		b.want(200, "", "PUT", demo+"/reservedinstances", object{"count": 0})
		return reserved(b, "")
	}, "", "version latest 0"},
	"put-reserved": {func(b *bench) string {
		b.want(200, "", "PUT", demo+"/reservedinstances", reservedBody(nil))
		b.want(200, "", "PUT", demo+"/reservedinstances", object{"count": 1})
		r := b.function().Reservations[0]
		return fmt.Sprint(r.IdleMode, len(r.Cron), len(r.Metric))
	}, "false 0 0", "true 1 1"},
	"put-async": {func(b *bench) string {
		b.want(200, "", "PUT", demo+"/async-invoke-config", asyncBody(nil))
		b.want(200, "", "PUT", demo+"/async-invoke-config", object{})
		a := b.function().Async[0]
		omitted := fmt.Sprint(a.MaxAge, a.Retries, a.OnFailure != nil, a.StatusLog)
		b.want(200, "", "PUT", demo+"/async-invoke-config", object{"destination_config": object{}})
		return omitted + fmt.Sprint(b.function().Async[0].OnFailure == nil)
	}, "3600 1 false falsetrue", "60 0 true truetrue"},
	"alias-leftovers": {func(b *bench) string {
		b.publish("v1")
		alias := object{"name": "prod", "version": "v1"}
		b.want(200, "", "POST", demo+"/aliases", alias)
		b.want(200, "", "PUT", asyncPath, asyncBody(nil))
		b.want(200, "", "PUT", demo+":v1/async-invoke-config", asyncBody(nil))
		b.want(204, "", "DELETE", demo+"/aliases/prod", nil)
		b.want(404, "FSS.1053", "GET", asyncPath, nil)
		b.want(200, "", "POST", demo+"/aliases", alias)
		again := code(b.do("GET", asyncPath, nil))
		b.want(204, "", "DELETE", demo+":v1", nil)
		return again + fmt.Sprint(" ", len(b.function().Async))
	}, "404 FSS.0404 0", "200 2"},
	"dependency-etag": {func(b *bench) string {
		etag, sum := b.createDependency(object{}).text("etag"), md5.Sum([]byte(zipText(b.t, "lib.py", "x")))
		return strings.Replace(etag, hex.EncodeToString(sum[:]), "md5", 1)
	}, "md5", "md5-1"},
	"dependency-use": {func(b *bench) string {
		made := b.createDependency(object{})
		path := dependencies + "/" + made.text("dep_id") + "/version/1"
		uses := func(ids ...string) {
			b.want(200, "", "PUT", demo+"/code",
				object{"code_type": "inline", "depend_version_list": append([]string{}, ids...)})
		}
		uses(made.text("id"))
		b.publish("v1")
		both := code(b.do("DELETE", path, nil))
		uses()
		return both + ", " + code(b.do("DELETE", path, nil))
	}, "412 FSS.1033, 412 FSS.1033", "412 FSS.1033, 204"},
	"aliased-version": {func(b *bench) string {
		aliased(b)
		return code(b.do("POST", demo+"/aliases", object{"name": "live", "version": "v1"}))
	}, "409 FSS.1066", "400 FSS.1014"},
	"object-order": {func(b *bench) string {
		b.update(object{"peering_cidr": "10.1.0.0/16;10.2.0.0/16;10.3.0.0/16"})
		return b.config().text("peering_cidr")
	}, "10.1.0.0/16;10.2.0.0/16;10.3.0.0/16", "10.3.0.0/16;10.2.0.0/16;10.1.0.0/16"},
}

// trigger makes one of a type and returns its path.
func (b *bench) trigger(kind string, change object) string {
	b.t.Helper()
	return triggers + demoURN + "/" + kind + "/" + b.make("", changed(triggerBody(kind, triggerCases[kind].data), change))
}

// aliased makes v1, v2 and the alias prod on v1, with a tenth of the calls to v2.
func aliased(b *bench) {
	b.publish("v1")
	b.deploy("new")
	b.publish("v2")
	b.want(200, "", "POST", demo+"/aliases", object{"name": "prod", "version": "v1", "description": "d",
		"additional_version_weights": object{"v2": 10}})
}

// zeroObjects are func_vpc, mount_config, network_controller and custom_image that are not set, as askMembers has them.
const zeroObjects = `{"cidr":"","domain_id":"","gateway":"","is_safety":false,"namespace":"","security_groups":[],` +
	`"subnet_id":"","subnet_name":"","vpc_id":"","vpc_name":""} ` +
	`{"func_mounts":[],"mount_user":{"user_group_id":-1,"user_id":-1}} ` +
	`{"disable_public_network":false,"trigger_access_vpcs":[]} ` +
	`{"args":"","command":"","enabled":false,"gid":"","image":"","uid":"","working_dir":""}`

// askMembers shows members of GET config as JSON, a dash for those that are missing.
func askMembers(b *bench, names ...string) string {
	body, out := b.config().body, []string{}
	for _, name := range names {
		value, ok := body[name]
		if !ok {
			out = append(out, "-")
			continue
		}
		out = append(out, string(mustMarshal(b.t, value)))
	}
	return strings.Join(out, " ")
}

// askUnknown sends unknown members at the top, in an object and in a list.
func askUnknown(b *bench) string {
	top := b.do("PUT", demo+"/config", updateBody(object{"func_nam": "x"}))
	nested := b.do("PUT", demo+"/config", updateBody(object{
		"strategy_config": object{"concurency": 1}}))
	list := b.do("POST", demoTags+"/create", object{"tags": []object{{"key": "a", "value": "b", "vlaue": "c"}}})
	return code(top) + " " + code(nested) + " " + code(list)
}

// askQuota publishes one version more than a quota of so many has room for.
func askQuota(b *bench, quota int) string {
	last := response{}
	for i := range quota {
		b.deploy(fmt.Sprint("code ", i))
		last = b.do("POST", demo+"/versions", object{"version": fmt.Sprint("v", i)})
		if i < quota-1 && last.status != 200 {
			return "too early: " + code(last)
		}
	}
	return code(last)
}

func TestSwitches(t *testing.T) {
	t.Parallel()
	for _, item := range emulator.SwitchNames() {
		p, ok := probes[item.Name]
		if !ok {
			t.Errorf("switch %s has no probe", item.Name)
			continue
		}
		t.Run(item.Name, func(t *testing.T) {
			t.Parallel()
			if item.Values[0] != item.Default || len(item.Values) != 2+len(further[item.Name]) || item.Doc == "" {
				t.Fatalf("description: %+v", item)
			}
			for i, value := range item.Values[2:] {
				var sw emulator.Switches
				if err := sw.Set(item.Name, value); err != nil {
					t.Fatal(err)
				}
				if got, want := p.ask(withSwitches(t, sw)), further[item.Name][i]; got != want {
					t.Errorf("%s: got %q, want %q", value, got, want)
				}
			}
			var sw emulator.Switches
			if err := sw.Set(item.Name, item.Values[1]); err != nil {
				t.Fatal(err)
			}
			back := sw
			if err := back.Set(item.Name, item.Default); err != nil {
				t.Fatal(err)
			}
			for _, test := range []struct {
				pole string
				sw   emulator.Switches
				want string
			}{{"zero value", emulator.Switches{}, p.first}, {"other", sw, p.other}, {"set back", back, p.first}} {
				if got := p.ask(withSwitches(t, test.sw)); got != test.want {
					t.Errorf("%s: got %q, want %q", test.pole, got, test.want)
				}
			}
		})
	}
}

func TestSecondWorld(t *testing.T) {
	t.Parallel()
	var want emulator.Switches
	for _, item := range emulator.SwitchNames() {
		if err := want.Set(item.Name, item.Values[1]); err != nil {
			t.Fatal(err)
		}
	}
	if got := emulator.SecondWorld(); got != want || got == (emulator.Switches{}) {
		t.Fatalf("second world: %+v", got)
	}
}

func TestSwitchesSetRefuses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, value, want string }{
		{"nothing", "x", `no switch "nothing"`},
		{"put-config", "both", "neither replace nor merge"},
		{"version-quota", "0", "not a number above 0"},
		{"version-quota", "many", "not a number above 0"},
		{"signed-body-limit", "some", "neither none nor"},
		{"error-details", "text", "none of array, object, absent"},
		{"trigger-delay", "3", "not a duration"},
		{"trigger-passwords", "", "none of empty, plain, masked, absent"},
	} {
		var sw emulator.Switches
		err := sw.Set(test.name, test.value)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s=%s: %v", test.name, test.value, err)
		}
		if sw != (emulator.Switches{}) {
			t.Errorf("%s=%s changed the switches", test.name, test.value)
		}
	}
}
