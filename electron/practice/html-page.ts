import type { HttpAnswer } from './http.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as it may stand between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

const styles = `body{font:16px/1.6 system-ui,sans-serif;max-width:24em;margin:2em auto;padding:0 1em;color:#222}
label{display:block;margin:.8em 0}input{width:100%;font:inherit;padding:.4em;box-sizing:border-box}
button{font:inherit;padding:.5em 2em;margin-right:1em;border:1px solid #ccc;border-radius:4px;background:#fff}
button[value=allow]{background:#07c160;border-color:#07c160;color:#fff}small{color:#666}
nav a{margin-right:1em}nav a[aria-current]{color:inherit;font-weight:bold;text-decoration:none}[role=alert]{color:#c00}`;

/** @param content HTML, in which every text from outside went through {@link escapeHtml} */
export function htmlPage(title: string, content: string, status = 200): HttpAnswer {
  const html = `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${styles}</style></head>
<body><h1>${escapeHtml(title)}</h1>${content}<p><small>练习服务器页面，不是真实的微信。</small></p></body></html>`;
  return {
    status,
    contentType: 'text/html; charset=utf-8',
    body: Buffer.from(html),
    headers: {
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'cache-control': 'no-store',
    },
  };
}
