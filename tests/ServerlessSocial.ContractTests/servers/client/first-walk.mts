// The first walk of the README, through a client that is generated from the OpenAPI document. Ends with an error if anything is not as the document says.
import createClient from 'openapi-fetch';
import type { components, paths } from './generated/schema.js';

type Post = components['schemas']['Post'];
type Problem = components['schemas']['ProblemDetails'];

const baseUrl = process.argv[2]!;

declare const process: { argv: string[] };

/** A client with a token of the local host, which is no part of the kept document. */
async function signIn(subject: string) {
  const answer = await fetch(`${baseUrl}/api/dev/token`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ subject }) });
  const { token } = (await answer.json()) as { token: string };
  return createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } });
}

/** What a call answered, or the problem it told of. */
function must<T>(answer: { data?: T; error?: Problem; response: Response }): NonNullable<T> {
  if (answer.error || answer.data === undefined || answer.data === null) {
    throw new Error(`${answer.response.url}: ${answer.error?.type} ${answer.error?.detail}`);
  }

  return answer.data;
}

/** Asks again until there is something, waiting as long as the answer says. */
async function until<T>(ask: () => Promise<{ found: T | undefined; response: Response }>): Promise<T> {
  for (let tries = 0; tries < 100; tries++) {
    const { found, response } = await ask();
    if (found !== undefined) {
      return found;
    }

    await new Promise((done) => setTimeout(done, Math.min(Number(response.headers.get('Retry-After') ?? 0.2), 1) * 1000));
  }

  throw new Error('It did not come.');
}

const [anna, ben] = [await signIn('anna'), await signIn('ben')];

// Sign up; a wrong request is told by field.
const wrong = await anna.POST('/api/profiles', { body: { handle: 'an', displayName: 'Anna' } });
if (wrong.error?.type !== 'urn:serverless-social:problem:invalid-fields' || !wrong.error.errors?.['handle']) {
  throw new Error(`A handle that is too short: ${JSON.stringify(wrong.error)}`);
}

must(await anna.POST('/api/profiles', { body: { handle: 'anna', displayName: 'Anna' } }));
must(await ben.POST('/api/profiles', { body: { handle: 'ben', displayName: 'Ben' } }));

// Ben follows Anna and looks at his feed: nothing yet.
await ben.PUT('/api/profiles/{handle}/follow', { params: { path: { handle: 'anna' } } });
const empty = must(await ben.GET('/api/feed'));
if (empty.items.length > 0) {
  throw new Error('There is something in the feed of who has just come.');
}

// Anna has an image made.
const job = must(await anna.POST('/api/images', { body: { prompt: 'a lighthouse by the sea at night', size: '1024x1024' } }));
const media = await until(async () => {
  const { data, response } = await anna.GET('/api/images/{id}', { params: { path: { id: job.id } } });
  return { found: data?.status === 'done' ? data.media : undefined, response };
});

// She posts it; it appears in Ben's feed, with the reason.
const written = must(
  await anna.POST('/api/posts', {
    params: { header: { 'Idempotency-Key': 'my-first-post' } },
    body: { text: 'Good evening from the coast! #ocean', media: [{ id: media.id }] },
  }),
);

// A post with a time to publish it would be a scheduled one: 202 instead of 201.
if (!('author' in written)) {
  throw new Error('It was scheduled.');
}

const posted: Post = written;
const item = await until(async () => {
  const { data, response } = await ben.GET('/api/feed', { params: { query: { limit: 5 } } });
  return { found: data?.items.find((entry) => entry.post.id === posted.id), response };
});
const [why] = item.why;
if (why?.reason !== 'followed' || why.by.handle !== 'anna' || item.post.provenance.media[0]?.source !== 'generated') {
  throw new Error(`The post is not as it should be: ${JSON.stringify(item)}`);
}

// An edit under the version that was read, and a list by its link.
const me = await anna.GET('/api/me');
const edited = must(await anna.PATCH('/api/me', { params: { header: { 'If-Match': me.response.headers.get('ETag')! } }, body: { bio: 'By the sea.', interests: null } }));
must(await anna.POST('/api/posts', { body: { text: 'And good night' } }));
const page = await anna.GET('/api/profiles/{handle}/posts', { params: { path: { handle: edited.handle }, query: { limit: 1 } } });
if (!must(page).next || !page.response.headers.get('Link')?.includes('rel="next"')) {
  throw new Error('The list does not say where it goes on.');
}

console.log(`${posted.author.displayName}: ${why.text}`);
