/** Files to start from where the relay runs in a container, or under systemd behind a TLS proxy. */
export function sampleFiles(url: string): Readonly<Record<string, string>> {
  const { host } = new URL(url);
  return {
    Dockerfile: `# docker build -t fapiao-relay . && docker run -d --read-only -v relay-data:/data -p 127.0.0.1:8787:8787 fapiao-relay
FROM node:24-slim
WORKDIR /relay
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts
COPY dist/relay dist/relay
RUN mkdir /data && chown node /data
USER node
ENV FAPIAO_RELAY_STORE=sqlite:/data/relay.db FAPIAO_RELAY_HOST=0.0.0.0
VOLUME /data
EXPOSE 8787
HEALTHCHECK CMD ["node", "-e", "fetch('http://127.0.0.1:8787/healthz').then(({ ok }) => process.exit(ok ? 0 : 1))"]
CMD ["node", "dist/relay/main.js", "serve", "--trusted-proxies", "1"]
`,
    'fapiao-relay.service': `# /etc/systemd/system/fapiao-relay.service
[Unit]
Description=Fapiao Desk relay
After=network-online.target

[Service]
ExecStart=/usr/bin/node /opt/fapiao-relay/dist/relay/main.js serve --trusted-proxies 1
Environment=FAPIAO_RELAY_STORE=sqlite:/var/lib/fapiao-relay/relay.db
DynamicUser=yes
StateDirectory=fapiao-relay
ProtectSystem=strict
NoNewPrivileges=yes
Restart=always
TimeoutStopSec=20

[Install]
WantedBy=multi-user.target
`,
    Caddyfile: `# Caddy obtains and renews the certificate by itself.
${host} {
  reverse_proxy 127.0.0.1:8787 {
    flush_interval -1
  }
}
`,
  };
}
