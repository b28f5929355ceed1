// The control API, as the page uses it.

const ROOT = "/simulator/control";

async function call(method, path, body) {
  const options = { method, headers: {} };
  if (typeof body === "string") {
    options.headers["content-type"] = "text/plain";
    options.body = body;
  } else if (body !== undefined) {
    options.headers["content-type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const response = await fetch(`${ROOT}/${path}`, options);
  const text = await response.text();
  const answer = text ? JSON.parse(text) : null;
  if (!response.ok) throw Object.assign(new Error(answer?.detail ?? `The simulator answered ${response.status}.`), { line: answer?.line });
  return answer;
}

const of = (phone) => `phones/${encodeURIComponent(phone)}`;

export const api = {
  phones: async () => (await call("GET", "phones")).phones,
  numbers: async () => (await call("GET", "numbers")).numbers,
  messages: async (phone) => (await call("GET", `${of(phone)}/messages?limit=500`)).messages,
  addPhone: (phone) => call("POST", "phones", phone),
  changePhone: (phone, change) => call("PATCH", of(phone), change),
  removePhone: (phone) => call("DELETE", of(phone)),
  write: (phone, message) => call("POST", `${of(phone)}/messages`, message),
  react: (phone, message, emoji) => call("POST", `${of(phone)}/reactions`, { message, emoji }),
  read: (phone, number) => call("POST", `${of(phone)}/reads`, { with: number }),
  play: (phone, message) => call("POST", `${of(phone)}/plays`, { message }),
  edit: (phone, message, text) => call("POST", `${of(phone)}/edits`, { message, text }),
  remove: (phone, message) => call("POST", `${of(phone)}/deletions`, { message }),
  scenarios: async () => (await call("GET", "scenarios")).scenarios,
  runs: async () => (await call("GET", "runs")).runs,
  run: (id) => call("GET", `runs/${id}`),
  play: ({ scenario, script }, speed) => call("POST", `runs?${new URLSearchParams({ speed, ...(scenario ? { scenario } : {}) })}`, script ?? ""),
  stop: (id) => call("DELETE", `runs/${id}`),
  file: (id) => `${ROOT}/media/${encodeURIComponent(id)}`,
  async upload(phone, blob, name) {
    const query = name ? `?filename=${encodeURIComponent(name)}` : "";
    const type = blob.type || "application/octet-stream";
    const response = await fetch(`${ROOT}/${of(phone)}/media${query}`, { method: "POST", headers: { "content-type": type }, body: blob });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.detail);
    return answer;
  },
};

/** Follows the news; `onState` hears whether the connection stands. */
export function follow(onNews, onState) {
  const source = new EventSource(`${ROOT}/live`);
  source.onopen = () => onState(true);
  source.onerror = () => onState(false);
  source.onmessage = (event) => onNews(JSON.parse(event.data));
}
