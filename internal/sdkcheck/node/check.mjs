// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// The official Node SDK, as it is, against the emulator: node check.mjs BINARY [-switch name=value ...]. It signs, names
// and reads everything itself; nothing here was written for it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import core from '@huaweicloud/huaweicloud-sdk-core';
import graph from '@huaweicloud/huaweicloud-sdk-functiongraph/v2/public-api.js';

const project = '0123456789abcdef0123456789abcdef';
const urn = `urn:fss:cn-north-4:${project}:function:default:demo`;
const base64 = (text) => Buffer.from(text).toString('base64');

// emulator starts the binary on a free port and gives its address, the first line of what it prints.
async function emulator() {
  const [binary, ...flags] = process.argv.slice(2);
  const child = spawn(binary, ['-listen', '127.0.0.1:0', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  process.on('exit', () => child.kill());
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, address: line };
  }
  throw new Error(`${binary} did not start`);
}

function clientOf(address, secret) {
  const credentials = new core.BasicCredentials().withAk('FGSEMULATORACCESSKEY').withSk(secret).withProjectId(project);
  return graph.FunctionGraphClient.newBuilder().withCredential(credentials).withEndpoint(address).build();
}

// refused demands that a call fails with this status and code.
async function refused(status, code, call) {
  await assert.rejects(call, (error) => {
    assert.equal(error.httpStatusCode, status, String(error));
    assert.equal(error.errorCode, code, String(error));
    return true;
  });
}

async function check(client) {
  const created = await client.createFunction(new graph.CreateFunctionRequest().withBody(
    new graph.CreateFunctionRequestBody().withFuncName('demo').withPackage('default').withRuntime('Python3.9')
      .withTimeout(3).withHandler('index.handler').withMemorySize(128).withCodeType('inline')
      .withFuncCode(new graph.FuncCode().withFile(base64('print(1)'))).withUserData('{"A":"1 & <2>"}'),
  ));
  assert.equal(created.func_urn, `${urn}:latest`);
  await refused(409, 'FSS.1061', client.createFunction({ body: {
    func_name: 'demo', package: 'default', runtime: 'Python3.9', timeout: 3, handler: 'index.handler', memory_size: 128,
    code_type: 'inline' } }));

  await client.updateFunctionConfig(new graph.UpdateFunctionConfigRequest(urn).withFunctionUrn(urn).withBody(
    new graph.UpdateFunctionConfigRequestBody().withFuncName('demo').withRuntime('Python3.9').withTimeout(30)
      .withHandler('index.handler').withMemorySize(256).withDescription('by Node').withUserData('{"A":"1 & <2>"}'),
  ));
  const config = await client.showFunctionConfig({ function_urn: urn });
  assert.deepEqual([config.timeout, config.memory_size, config.description, config.user_data, config.digest],
    [30, 256, 'by Node', '{"A":"1 & <2>"}', created.digest]);

  const code = await client.updateFunctionCode({ function_urn: urn, body: {
    code_type: 'inline', func_code: { file: base64('print(2)') } } });
  const stored = await client.showFunctionCode({ function_urn: urn });
  assert.notEqual(stored.digest, created.digest);
  assert.equal(code.digest ?? stored.digest, stored.digest); // the answer may have none
  await client.updateFunctionMaxInstanceConfig({ function_urn: urn, body: { max_instance_num: 7 } });

  const version = await client.createFunctionVersion({ function_urn: urn, body: { version: 'v1', description: 'first' } });
  assert.equal(version.version, 'v1');
  await refused(400, 'FSS.1016', client.createFunctionVersion({ function_urn: urn, body: { version: 'v2' } }));
  const versions = await client.listFunctionVersions({ function_urn: urn });
  assert.deepEqual(versions.versions.map((v) => v.version), ['latest', 'v1']);

  await client.createVersionAlias({ function_urn: urn, body: { name: 'prod', version: 'v1' } });
  await client.updateVersionAlias({ function_urn: urn, alias_name: 'prod', body: { version: 'v1', description: 'live' } });
  assert.equal((await client.showVersionAlias({ function_urn: urn, alias_name: 'prod' })).description, 'live');
  assert.equal((await client.showFunctionConfig({ function_urn: `${urn}:!prod` })).version, 'v1');
  await client.deleteVersionAlias({ function_urn: urn, alias_name: 'prod' });

  await client.createTags({ resource_type: 'functions', resource_id: urn, body: { action: 'create', tags: [{ key: 'team', value: 'shop' }] } });
  await client.deleteTags({ resource_type: 'functions', resource_id: urn, body: { action: 'delete', tags: [{ key: 'team', value: 'shop' }] } });

  const list = await client.listFunctions({});
  assert.deepEqual(list.functions.map((f) => f.func_urn), [urn]);
  assert.ok((await client.listDependencies({})).dependencies.length > 0);

  await refused(400, 'FSS.0400', client.deleteFunction({ function_urn: `${urn}:latest` }));
  await client.deleteFunction({ function_urn: `${urn}:v1` });
  await client.deleteFunction({ function_urn: urn });
  await refused(404, 'FSS.1051', client.showFunctionConfig({ function_urn: urn }));
}

const { child, address } = await emulator();
try {
  await check(clientOf(address, 'fgs-emulator-secret-key-not-a-secret-0000'));
  await refused(401, 'APIGW.0301', clientOf(address, 'another').listFunctions({}));
  console.log('the Node SDK ran against the emulator');
} finally {
  child.kill();
}
