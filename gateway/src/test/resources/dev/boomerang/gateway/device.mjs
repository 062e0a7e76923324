// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0

// A device made with mqtt.js: prints what it is told, one line each, and publishes what it reads, one line each.
import { createInterface } from 'node:readline';
import mqtt from 'mqtt';

const [url, version, clientId, username, password] = process.argv.slice(2);
const client = mqtt.connect(url, {
  protocolVersion: Number(version),
  clientId,
  username,
  password,
  reconnectPeriod: 0,
  rejectUnauthorized: false,
});

client.on('connect', () => client.subscribe(`push/${clientId}`, { qos: 1 }));
client.on('message', (_topic, payload) => console.log(payload.toString()));
client.on('error', (error) => {
  console.error(error);
  process.exit(1);
});
client.on('close', () => process.exit(0));

createInterface({ input: process.stdin })
  .on('line', (line) =>
    client.publish(`receipt/${clientId}`, line, { qos: 1 }, () => console.log('published')))
  .on('close', () => client.end());
