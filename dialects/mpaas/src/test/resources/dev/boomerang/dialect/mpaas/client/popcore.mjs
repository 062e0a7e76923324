// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0

// Sends what it reads with @alicloud/pop-core, one call a line, and prints what came of each.
import { createInterface } from 'node:readline';
import PopCore from '@alicloud/pop-core';

for await (const line of createInterface({ input: process.stdin })) {
  const { client, action, params, options } = JSON.parse(line);
  try {
    const answer = await new PopCore.RPCClient(client).request(action, params, options);
    console.log(JSON.stringify({ answer }));
  } catch (error) {
    console.log(JSON.stringify({ error: { name: error.name, data: error.data ?? String(error) } }));
  }
}
process.exit(0);
