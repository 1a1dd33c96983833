// Code that signs and sends the same body; it reads the body from a file and the secret from the environment.
import { useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { webhookUrl } from '../api/webhook.js';
import { Copy } from '../ui/secret.js';

const CODE = {
  curl: (url) => `id=msg_$(openssl rand -hex 12)
now=$(date +%s)
key=$(printf %s "\${WEBHOOK_SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n')
signature=$({ printf '%s.%s.' "$id" "$now"; cat body.json; } |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)
curl -s '${url}' -H 'Content-Type: application/json' -H "webhook-id: $id" \\
  -H "webhook-timestamp: $now" -H "webhook-signature: v1,$signature" --data-binary @body.json`,

  Node: (url) => `import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

const body = readFileSync('body.json', 'utf8');
const id = \`msg_\${randomUUID()}\`;
const now = Math.floor(Date.now() / 1000);
const key = Buffer.from(process.env.WEBHOOK_SECRET.slice('whsec_'.length), 'base64');
const signature = createHmac('sha256', key).update(\`\${id}.\${now}.\${body}\`).digest('base64');
const response = await fetch('${url}', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(now),
    'webhook-signature': \`v1,\${signature}\`,
  },
  body,
});
console.log(response.status, await response.text());`,

  Python: (url) => `import base64, hashlib, hmac, os, time, urllib.error, urllib.request, uuid

body = open("body.json", "rb").read()
id, now = f"msg_{uuid.uuid4()}", str(int(time.time()))
key = base64.b64decode(os.environ["WEBHOOK_SECRET"].removeprefix("whsec_"))
signature = base64.b64encode(hmac.digest(key, f"{id}.{now}.".encode() + body, hashlib.sha256)).decode()
request = urllib.request.Request("${url}", body, {
    "Content-Type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": now,
    "webhook-signature": f"v1,{signature}",
})
try:
    response = urllib.request.urlopen(request)
except urllib.error.HTTPError as refused:
    response = refused
print(response.status, response.read().decode())`,

  Java: (url) => `import java.net.URI;
import java.net.http.*;
import java.nio.file.*;
import java.time.Instant;
import java.util.*;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class Deliver {
    public static void main(String[] args) throws Exception {
        byte[] body = Files.readAllBytes(Path.of("body.json"));
        String id = "msg_" + UUID.randomUUID();
        String now = Long.toString(Instant.now().getEpochSecond());
        byte[] key = Base64.getDecoder().decode(System.getenv("WEBHOOK_SECRET").substring("whsec_".length()));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update((id + "." + now + ".").getBytes());
        String signature = Base64.getEncoder().encodeToString(mac.doFinal(body));
        HttpRequest request = HttpRequest.newBuilder(URI.create("${url}"))
                .header("Content-Type", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", now)
                .header("webhook-signature", "v1," + signature)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(response.statusCode() + " " + response.body());
    }
}`,

  PHP: (url) => `<?php
$body = file_get_contents('body.json');
$id = 'msg_' . bin2hex(random_bytes(12));
$now = time();
$key = base64_decode(substr(getenv('WEBHOOK_SECRET'), strlen('whsec_')));
$signature = base64_encode(hash_hmac('sha256', "$id.$now.$body", $key, true));
$request = curl_init('${url}');
curl_setopt_array($request, [
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_POSTFIELDS => $body,
    CURLOPT_HTTPHEADER => [
        'Content-Type: application/json',
        "webhook-id: $id",
        "webhook-timestamp: $now",
        "webhook-signature: v1,$signature",
    ],
]);
$answer = curl_exec($request);
echo curl_getinfo($request, CURLINFO_RESPONSE_CODE), ' ', $answer, "\\n";`,
};

/** @param {{ partnerId: string, body: string }} props */
export function WebhookCode({ partnerId, body }) {
  const [language, setLanguage] = useState('curl');
  const code = CODE[language](webhookUrl(partnerId));
  return html`<details>
    <summary>The same in code</summary>
    <p>The body, in a file <code>body.json</code>: <${Copy} text=${body} name="the body" /></p>
    <pre tabindex="0" aria-label="Body">${body}</pre>
    <p class="filters"><label>Language
      <select value=${language} onChange=${(event) => setLanguage(event.target.value)}>
        ${Object.keys(CODE).map((one) => html`<option value=${one}>${one}</option>`)}
      </select></label> <${Copy} text=${code} name="the code" /></p>
    <pre tabindex="0" class="code" aria-label=${`Code for ${language}`}>${code}</pre>
  </details>`;
}
