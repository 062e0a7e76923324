// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0

// Makes every call of getui-rest-sdk, one after the other, and prints what came of each.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const sdk = require('getui-rest-sdk');
const requestPromise = require('request-promise');
const [base, appId, appKey, masterSecret, cid, alias, tag, today] = process.argv.slice(2);

const getui = new sdk.default({ appId, appKey, masterSecret });
// Its address is a constant of the module.
getui.rp = requestPromise.defaults({ baseUrl: `${base}/v1/${appId}`, method: 'POST', json: true });

const style = Object.assign(new sdk.SystemStyle(), { title: '标题', text: '正文' });
const apns = Object.assign(new sdk.ApnsInfo(), {
  alert: Object.assign(new sdk.Alert(), { title: 'iT', body: 'iB' }),
});
const templates = {
  notification: Object.assign(new sdk.NotificationTemplate(), { transmissionContent: 'pl', style }),
  link: Object.assign(new sdk.LinkTemplate(), { url: 'https://example.test/', style }),
  notypopload: Object.assign(new sdk.NotypoploadTemplate(), {
    notyTitle: 'T', notyContent: 'B', loadUrl: 'https://example.test/app.apk',
  }),
  transmission: Object.assign(new sdk.TransmissionTemplate(), { transmissionContent: 'hello' }),
};
const message = (Type, template, more) =>
  Object.assign(new Type(), { template: templates[template], apnsInfo: apns, multimedias: [] }, more);
const single = (template) => message(sdk.SingleMessage, template);
const conditions = [new sdk.Condition('phonetype', ['ANDROID'], 0)];

let task;
const steps = {
  authSign: () => getui.authSign(),
  bindAlias: () => getui.bindAlias([{ cid, alias }]),
  queryCid: () => getui.queryCid(alias),
  queryAlias: () => getui.queryAlias(cid),
  unbindAlias: () => getui.unbindAlias(cid, alias),
  bindAgain: () => getui.bindAlias([{ cid, alias }]),
  unbindAliasAll: () => getui.unbindAliasAll(alias),
  setTags: () => getui.setTags(cid, [tag, 't2']),
  getTags: () => getui.getTags(cid),
  addUserToBlackList: () => getui.addUserToBlackList([cid]),
  removeUserFromBlackList: () => getui.removeUserFromBlackList([cid]),
  getUserStatus: () => getui.getUserStatus(cid),
  setBadge: () => getui.setBadge('+1', [cid]),
  queryUserCount: () => getui.queryUserCount(conditions),
  pushNotification: () => getui.pushMessageToSingle(single('notification'), { cid }),
  pushLink: () => getui.pushMessageToSingle(single('link'), { cid }),
  pushNotypopload: () => getui.pushMessageToSingle(single('notypopload'), { cid }),
  pushTransmission: () => getui.pushMessageToSingle(single('transmission'), { cid }),
  pushBatch: () =>
    getui.pushMessageToSingleBatch([{ message: single('transmission'), target: { cid } }]),
  pushList: async () => {
    const answer = await getui.pushMessageToList(
      message(sdk.ListMessage, 'transmission'), { cid: [cid] }, 'grp');
    task = answer.taskid;
    return answer;
  },
  pushApp: () =>
    getui.pushMessageToApp(message(sdk.AppMessage, 'transmission', { conditions }), 'grp', 0),
  pushByTag: () => getui.pushMessageByTag(message(sdk.TagMessage, 'transmission', { tag })),
  getPushResult: () => getui.getPushResult([task]),
  getPushResultByGroupName: () => getui.getPushResultByGroupName('grp'),
  queryAppUser: () => getui.queryAppUser(today),
  queryAppPush: () => getui.queryAppPush(today),
  online: () => getui.getLast24HoursOnlineUserStatistics(),
  getFeedbackUsers: () => getui.getFeedbackUsers(task, [cid]),
  queryBITags: () => getui.queryBITags(),
  stopTask: () => getui.stopTask(task),
  unknownUser: () => getui.pushMessageToSingle(single('transmission'), { cid: 'c1' }),
  authClose: () => getui.authClose(),
  afterwards: () => getui.queryBITags(),
};
for (const [step, run] of Object.entries(steps)) {
  try {
    console.log(JSON.stringify({ step, answer: (await run()) ?? 'nothing' }));
  } catch (error) {
    console.log(JSON.stringify({ step, error: error.message }));
  }
}
process.exit(0);
