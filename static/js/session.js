// Says before a session ends that it will, and keeps it by a press of a button.
(() => {
  const box = document.getElementById("session");
  if (!box) return;
  const words = box.querySelector("p");
  const warnSeconds = 300;
  let ends = Number(box.dataset.ends);
  const read = (headers) => {
    const text = headers("Session-Ends");
    if (text) ends = Number(text);
  };
  const tell = () => {
    const left = ends - Date.now() / 1000;
    box.hidden = left > warnSeconds;
    if (box.hidden) return;
    const minutes = Math.ceil(left / 60);
    words.textContent = left <= 0
      ? "You have been signed out, because nothing was done for a while. What was kept is there when you sign in again."
      : `You will be signed out in ${minutes === 1 ? "a minute" : `${minutes} minutes`}, because nothing was done for a while. What you typed is kept.`;
    box.querySelector("form").hidden = left <= 0;
  };
  box.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    read((name) => answer.headers.get(name));
    tell();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    read((name) => event.detail.xhr.getResponseHeader(name));
    tell();
  });
  setInterval(tell, 15000);
  tell();
})();
