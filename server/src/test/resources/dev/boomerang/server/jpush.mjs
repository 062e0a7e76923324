// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0

// Calls jpush-async as it is told, one call a line, and prints what came of each:
//   {"flavour": "JPushAsync" | "JPush", "push": [["setPlatform", "all"], …]?, "call": ["send", …]}
// With `push` the call is one of the payload that these make, else one of the client. The package's
// hosts are constants, so what it sends to the vendor's goes to the server under test instead.
import http from 'node:http';
import https from 'node:https';
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';

const [port, key, secret] = process.argv.slice(2);
const PATIENCE = 10_000;

https.request = (options, answered) => {
  const host = String(options.host ?? options.hostname);
  if (!host.endsWith('.jpush.cn')) throw new Error('a host that is not the vendor\'s: ' + host);
  const local = { ...options, protocol: 'http:', host: '127.0.0.1', hostname: '127.0.0.1', port };
  return http.request({ ...local, agent: http.globalAgent }, answered);
};
const jpush = createRequire(import.meta.url)('jpush-async');

const called = (target, name, args, flavour) =>
  flavour === 'JPushAsync'
    ? target[name](...args)
    : new Promise((done, failed) =>
        target[name](...args, (error, answer) => (error ? failed(error) : done(answer))));

for await (const line of createInterface({ input: process.stdin })) {
  const { flavour, isGroup = false, push, call } = JSON.parse(line);
  const client = jpush[flavour].buildClient({ appKey: key, masterSecret: secret, isDebug: false, isGroup });
  const [name, ...args] = call;
  let timer;
  const silence = new Promise((_, failed) => {
    timer = setTimeout(() => failed(new Error(name + ' never came back')), PATIENCE);
  });
  try {
    const target = push === undefined
      ? client
      : push.reduce((made, [step, ...values]) => made[step](...values), client.push());
    const answer = await Promise.race([called(target, name, args, flavour), silence]);
    console.log(JSON.stringify({ answer: answer ?? null }));
  } catch (error) {
    console.log(JSON.stringify({
      error: { name: error.name, message: error.message, status: error.httpCode, response: error.response },
    }));
  } finally {
    clearTimeout(timer);
  }
}
process.exit(0);
