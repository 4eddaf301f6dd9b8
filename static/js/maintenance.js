/* Names for what Django's own forms leave without one: search boxes and empty heads of tables. */
"use strict";
(() => {
  const nameOf = (select) => {
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const cell = select.closest("td");
    const head = cell && cell.closest("table").tHead?.rows[0].cells[cell.cellIndex];
    return (label || head || select).textContent.trim().replace(/:$/, "");
  };
  const name = (box, select) => {
    const text = nameOf(select);
    const parts = ".select2-selection, .select2-search__field, [role=textbox]";
    for (const part of box.querySelectorAll(parts)) {
      part.removeAttribute("aria-labelledby");
      const chosen = [...select.selectedOptions].map((option) => option.text).join(", ");
      part.setAttribute("aria-label", chosen ? `${text}: ${chosen}` : text);
    }
    const list = box.querySelector("ul.select2-selection__rendered"); // of items alone
    for (const other of list?.querySelectorAll(":scope > :not(li)") ?? []) list.after(other);
  };
  const boxes = () => {
    for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
      if (select.nextElementSibling) name(select.nextElementSibling, select);
    }
  };
  window.addEventListener("load", () => {
    boxes();
    for (const head of document.querySelectorAll("thead th:empty")) {
      head.innerHTML = '<span class="visually-hidden">Row</span>';
    }
    const jQuery = window.django?.jQuery;
    jQuery?.(document).on("select2:open", (event) => {
      const field = document.querySelector(".select2-container--open input.select2-search__field");
      field?.setAttribute("aria-label", nameOf(event.target));
    });
    jQuery?.(document).on("change formset:added", () => setTimeout(boxes));
  });
})();
