// Prints what c2pa-rs, the C2PA project's own implementation, says of a picture's manifest: node read-manifest.mjs MEDIA-TYPE FILE [TRUSTED-CERTIFICATE].
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import init, { WasmReader } from '@contentauth/c2pa-wasm';

const [type, file, trusted] = process.argv.slice(2);
const binary = createRequire(import.meta.url).resolve('@contentauth/c2pa-wasm/c2pa.wasm');
await init({ module_or_path: await readFile(binary) });

// Nothing is fetched: neither time stamps nor revocations.
const trust = trusted === undefined ? {} : { user_anchors: await readFile(trusted, 'utf8') };
const settings = { trust, verify: { verify_trust: trusted !== undefined, ocsp_fetch: false, remote_manifest_fetch: false } };
const reader = await WasmReader.fromBytes(type, await readFile(file), JSON.stringify(settings));
console.log(reader.json());
