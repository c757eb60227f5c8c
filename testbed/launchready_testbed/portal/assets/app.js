/* The portal's front end: small comforts on top of pages that work without it. */
(function () {
  "use strict";
  const api = "/api/v1/";
  const mine = { Accept: "application/json" };
  if (document.body.dataset.client) {
    mine["X-Client-Id"] = document.body.dataset.client;
  }
  const get = (path) => fetch(api + path, { headers: mine }).then((answer) => answer.json());
  const show = (name, text) => {
    document.querySelectorAll("[data-" + name + "]").forEach((place) => {
      place.textContent = text;
    });
  };
  if (document.querySelector("[data-status]")) {
    get("status").then((status) => show("status", status.message));
  }
  if (document.body.dataset.user) {
    get("session").then((session) => show("greeting", "Signed in as " + session.name));
    get("tickets?page=1").then((list) => show("tickets", list.total + " tickets"));
    get("approvals?page=1").then((list) => show("approvals", list.items.filter((each) => each.decision === "pending").length + " waiting"));
    document.querySelectorAll("[data-recent]").forEach((place) => {
      const ids = place.dataset.recent.split(",").filter(Boolean).map(Number);
      const sent = { method: "POST", headers: { ...mine, "Content-Type": "application/json" }, body: JSON.stringify({ ids: ids }) };
      fetch(api + "tickets/lookup", sent).then((answer) => answer.json()).then((found) => {
        found.items.forEach((each) => {
          const item = document.createElement("li");
          item.textContent = each.title + ", " + each.status;
          place.append(item);
        });
      });
    });
  }
  document.querySelectorAll("[data-filter]").forEach((field) => {
    field.addEventListener("input", () => {
      const wanted = field.value.toLowerCase();
      document.querySelectorAll("tbody tr").forEach((row) => {
        row.hidden = !row.textContent.toLowerCase().includes(wanted);
      });
    });
  });
})();
