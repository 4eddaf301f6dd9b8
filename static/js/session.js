// Says before a session ends that it will, and keeps it by a press of a button. After its end, in
// whatever window, a page shows nothing of the staff's any more.
(() => {
  const box = document.getElementById("session");
  if (!box) return;
  const words = box.querySelector("p");
  const warnSeconds = 300;
  const windows = new BroadcastChannel("session");
  let ends = Number(box.dataset.ends);
  const read = (headers) => {
    const text = headers("Session-Ends");
    if (!text) return;
    ends = Number(text);
    windows.postMessage(ends);
  };
  // What somebody typed and no server keeps yet stays, so that it can be sent after signing in.
  const clear = (isTypedKept) => {
    const typed = isTypedKept ? document.querySelectorAll("form[data-typed]:not(:has([type=password]))") : [];
    const heading = document.createElement("h1");
    heading.textContent = "Signed out";
    const again = document.createElement("a");
    again.href = "";
    again.textContent = "Sign in again";
    words.append(" ", again, ".");
    document.querySelectorAll(".crumbs, #header, #nav-sidebar, .breadcrumbs").forEach((row) => row.remove());
    document.querySelector("main").replaceChildren(heading, box, ...typed);
    clearInterval(timer);
  };
  const tell = () => {
    const left = ends - Date.now() / 1000;
    box.hidden = left > warnSeconds;
    if (box.hidden) return;
    const minutes = Math.ceil(left / 60);
    words.textContent = left <= 0
      ? "You have been signed out, because nothing was done for a while. What you typed is kept."
      : `You will be signed out in ${minutes === 1 ? "a minute" : `${minutes} minutes`}, because nothing was done for a while. What you typed is kept.`;
    box.querySelector("form").hidden = left <= 0;
    if (left <= 0) clear(true);
  };
  box.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    read((name) => answer.headers.get(name));
    tell();
  });
  document.addEventListener("input", (event) => event.target.form?.setAttribute("data-typed", ""));
  document.addEventListener("submit", (event) => {
    if (event.target.getAttribute("action") === "/admin/logout/") windows.postMessage(0);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) event.detail.elt.removeAttribute("data-typed");
    read((name) => event.detail.xhr.getResponseHeader(name));
    tell();
  });
  windows.addEventListener("message", (event) => {
    ends = event.data;
    if (ends) return tell();
    box.hidden = false;
    words.textContent = "You have signed out in another window.";
    box.querySelector("form").hidden = true;
    clear(false);
  });
  const timer = setInterval(tell, 15000);
  windows.postMessage(ends);
  tell();
})();
