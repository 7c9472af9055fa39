import { describe, expect, it } from 'vitest';
import { isForEngine } from './engine-query.ts';

const transportOf = (sid: string) =>
  new Map([
    ['polls', 'polling'],
    ['socket', 'websocket'],
  ]).get(sid);
const ask = (query: string, { method = 'GET', isUpgrade = false } = {}) =>
  isForEngine({ method, url: `/socket.io/?${query}` }, isUpgrade, transportOf);

describe('[H6] what Engine.IO would take up', () => {
  it.each([
    ['a handshake by polling', 'EIO=4&transport=polling', {}],
    ['with what is no concern of ours', 'EIO=4&transport=polling&t=abc&b64=1', {}],
    ['a handshake by websocket', 'EIO=4&transport=websocket', { isUpgrade: true }],
    ['a poll', 'EIO=4&transport=polling&sid=polls', {}],
    ['a poll that sends', 'EIO=4&transport=polling&sid=polls', { method: 'POST' }],
    ['a probe', 'EIO=4&transport=websocket&sid=polls', { isUpgrade: true }],
  ])('%s', (_, query, how) => expect(ask(query, how)).toBe(true));

  it.each([
    ['nothing', '', {}],
    ['another protocol', 'EIO=3&transport=polling', {}],
    ['a transport that there is not', 'EIO=4&transport=flashsocket', {}],
    ['a name of every object (CVE-2023-31125)', 'EIO=4&transport=constructor', {}],
    ['a script for other pages (JSONP)', 'EIO=4&transport=polling&j=0', {}],
    ['two transports', 'EIO=4&transport=polling&transport=websocket', {}],
    ['two sessions (CVE-2022-41940)', 'EIO=4&transport=polling&sid=polls&sid=socket', {}],
    ['a session that there is not', 'EIO=4&transport=polling&sid=__proto__', {}],
    ['a handshake that sends', 'EIO=4&transport=polling', { method: 'POST' }],
    ['a websocket without an upgrade', 'EIO=4&transport=websocket', {}],
    ['an upgrade to polling', 'EIO=4&transport=polling', { isUpgrade: true }],
    ['a poll of a websocket', 'EIO=4&transport=polling&sid=socket', {}],
    ['a second upgrade', 'EIO=4&transport=websocket&sid=socket', { isUpgrade: true }],
    ['a poll by another method', 'EIO=4&transport=polling&sid=polls', { method: 'PUT' }],
  ])('not %s', (_, query, how) => expect(ask(query, how)).toBe(false));
});
