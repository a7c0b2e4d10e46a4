const schemes = ['https', 'http', 'HTTPS', 'file', 'data', 'javascript', 'ftp', 'app', 'ws', 'weixin', 'blob:https'];
const hosts = [
  'mp.weixin.qq.com',
  'mp.weixin.qq.com.evil.example',
  'evil.example/mp.weixin.qq.com',
  'mp-weixin-qq-com.example',
  'xmp.weixin.qq.com',
  'mp.weixin.qq.com.',
  'mp.weixin.qq.com%2eevil.example',
  'mp.weixin.qq.com\\evil.example',
  'mр.weixin.qq.com', // a Cyrillic letter
  'ｍｐ.weixin.qq.com', // full-width: the same host once it is read
  '127.0.0.1',
  '2130706433',
  '0x7f.1',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '169.254.169.254',
  'localhost',
  '',
];
const before = ['', 'mp.weixin.qq.com@', 'user:pass@'];
const after = ['', ':8443', '/path?x=1#y', '?@evil.example'];

/** Addresses as attackers write them, each of every kind once. */
export const oddUrls: readonly string[] = [
  ...schemes.flatMap((scheme) => hosts.map((host) => `${scheme}://${host}`)),
  ...hosts.flatMap((host) => before.flatMap((one) => after.map((other) => `https://${one}${host}${other}`))),
  '//mp.weixin.qq.com',
  'mp.weixin.qq.com',
  ' https://mp.weixin.qq.com',
  'https:mp.weixin.qq.com',
  'https:/\tmp.weixin.qq.com',
  'javascript:alert(1)//https://mp.weixin.qq.com',
  'data:text/html,https://mp.weixin.qq.com',
  'https://mp.weixin.qq.com@evil.example',
  'https://evil.example#https://mp.weixin.qq.com',
  'https://evil.example/https://mp.weixin.qq.com',
  'about:blank',
  'x'.repeat(5000),
];

/** Spellings by which a file that is not of the page might be reached. */
export function traversals(secretName: string): readonly string[] {
  const up = ['..', '%2e%2e', '.%2e', '%2E.', '%252e%252e', '..%00', '．．', '..;', '....'];
  const slashes = ['/', '\\', '%2f', '%5c', '%255c', '//', '/./'];
  const climbs = up.flatMap((one) => slashes.map((slash) => `/${one}${slash}${secretName}`));
  return [
    ...climbs,
    ...climbs.slice(0, 20).map((path) => `/assets${path}`),
    `/${secretName}`,
    `/%00${secretName}`,
    '/index.html%00.js',
    '/index.html::$DATA',
    '/index.html.',
    '/INDEX.HTML',
    '/assets',
    '/assets/',
    '//index.html',
    '/%2findex.html',
    '/./%69ndex.html/',
    '/C:/Windows/win.ini',
    '/\\\\server\\share',
    '/file:///etc/passwd',
    '/etc/passwd',
    '/~/',
  ];
}
