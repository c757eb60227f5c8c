// Who is signed in, and how the interface is asked. The access token lives as long as the tab; the refresh token is in
// a cookie that no script can read.

const API = "/api/v2";
const KEPT = "quay.access";
const HINT = "quay.signed-in"; // whether it is worth asking for a refresh; no secret
const TENANT = "quay.tenant"; // whose lists are shown

export class Refused extends Error {
  constructor(status, answer) {
    super(answer.message || "That did not work.");
    this.status = status;
  }
}

export const chosenTenant = () => sessionStorage.getItem(TENANT) ?? "";
export const asTenant = (id) => sessionStorage.setItem(TENANT, id);

async function fetched(method, path, body, token) {
  const headers = { accept: "application/json" };
  if (token && chosenTenant()) headers["x-tenant"] = chosenTenant();
  if (body !== undefined) headers["content-type"] = "application/json";
  if (token) headers.authorization = `Bearer ${token}`;
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const answer = await fetch(API + path, { method, headers, body: sent, credentials: "same-origin" });
  if (!answer.ok) throw new Refused(answer.status, await answer.json());
  return answer;
}

async function call(method, path, body, token) {
  const answer = await fetched(method, path, body, token);
  return answer.status === 204 ? {} : answer.json();
}

function keep(entry) {
  sessionStorage.setItem(KEPT, JSON.stringify({ token: entry.access_token, until: Date.now() + entry.expires_in * 1000 }));
  localStorage.setItem(HINT, "yes");
  return entry.user;
}

function forget() {
  sessionStorage.removeItem(KEPT);
  localStorage.removeItem(HINT);
  sessionStorage.removeItem(TENANT);
}

function kept() {
  const text = sessionStorage.getItem(KEPT);
  if (!text) return "";
  const { token, until } = JSON.parse(text);
  return until - Date.now() > 15000 ? token : "";
}

export const mayBeSignedIn = () => localStorage.getItem(HINT) === "yes";

// One tab at a time: a refresh token that is used twice ends the session.
async function refreshed() {
  return navigator.locks.request("quay.refresh", async () => {
    try {
      keep(await call("POST", "/auth/refresh", {}));
    } catch (error) {
      forget();
      throw error;
    }
    return kept();
  });
}

async function withToken(asked) {
  let token = kept();
  if (!token && mayBeSignedIn()) token = await refreshed();
  try {
    return await asked(token);
  } catch (error) {
    if (error.status !== 401 || !mayBeSignedIn()) throw error;
    return asked(await refreshed());
  }
}

export const ask = (method, path, body) => withToken((token) => call(method, path, body, token));

// The text of a file.
export const read = async (path) => (await withToken((token) => fetched("GET", path, undefined, token))).text();

// Gives a file to the browser to keep: a link alone could not bring the token along.
export async function retrieve(path, name) {
  const answer = await withToken((token) => fetched("GET", path, undefined, token));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

export async function signIn(email, password) {
  const answer = await call("POST", "/auth/login", { email, password });
  return answer.ticket ? { ticket: answer.ticket } : { user: keep(answer) };
}

export async function finish(ticket, code) {
  return keep(await call("POST", "/auth/second-factor", { ticket, code }));
}

export async function signOut() {
  const token = kept();
  forget();
  await call("POST", "/auth/logout", {}, token);
}
