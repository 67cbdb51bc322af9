(function () {
  "use strict";
  var words = document.body.dataset;
  var point = words.decimal === ",";

  /* What is folded is printed too. */
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (one) {
      one.open = true;
    });
  });

  function number(text) {
    var plain = point ? text.replace(/\./g, "").replace(",", ".") : text.replace(/,/g, "");
    var found = plain.replace("−", "-").match(/-?\d+(\.\d+)?/);
    return found ? parseFloat(found[0]) : null;
  }

  function cell(group, column) {
    return group.rows[0].cells[column].textContent.trim();
  }

  function order(table, column, direction) {
    var groups = Array.from(table.tBodies);
    groups.sort(function (a, b) {
      var one = cell(a, column), other = cell(b, column);
      var x = number(one), y = number(other);
      var isNumber = table.tHead.rows[0].cells[column].classList.contains("n");
      if (isNumber) {
        if (x === null || y === null) {
          return x === y ? 0 : x === null ? 1 : -1;
        }
        return direction * (x - y);
      }
      return direction * one.localeCompare(other, document.documentElement.lang);
    });
    groups.forEach(function (group) {
      table.appendChild(group);
    });
    table.classList.add("loose");
  }

  function sortable(table) {
    Array.from(table.tHead.rows[0].cells).forEach(function (header, column) {
      var text = header.textContent;
      if (text === "") {
        return;
      }
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.title = words.sort;
      header.textContent = "";
      header.appendChild(button);
      button.addEventListener("click", function () {
        var rising = header.getAttribute("aria-sort") !== "ascending";
        Array.from(table.tHead.rows[0].cells).forEach(function (one) {
          one.removeAttribute("aria-sort");
        });
        header.setAttribute("aria-sort", rising ? "ascending" : "descending");
        order(table, column, rising ? 1 : -1);
      });
    });
  }

  function filterable(table) {
    var label = document.createElement("label");
    var input = document.createElement("input");
    label.className = "filter";
    label.textContent = words.filter + " ";
    input.type = "search";
    label.appendChild(input);
    var box = table.parentNode;
    box.parentNode.insertBefore(label, box);
    input.addEventListener("input", function () {
      var wanted = input.value.trim().toLowerCase();
      Array.from(table.tBodies).forEach(function (group) {
        group.hidden = !group.textContent.toLowerCase().includes(wanted);
      });
      table.classList.add("loose");
    });
  }

  document.querySelectorAll("table.long").forEach(function (table) {
    sortable(table);
    filterable(table);
  });
})();
