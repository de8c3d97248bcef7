// The explorer's own part: the access token, the examples, and how GraphiQL asks the server.
"use strict";

(() => {
  const { createElement, useEffect, useRef } = React;

  // MARK: - Asking

  const tokenField = document.getElementById("token");
  const identity = document.getElementById("identity");

  /// Sends one operation to where this page came from, signed with the token, and nothing else of the browser's.
  async function ask(operation) {
    const headers = {
      "Content-Type": "application/json",
      Accept: "application/graphql-response+json, application/json;q=0.9",
    };
    const token = tokenField.value;
    if (token !== "") headers.Authorization = `Bearer ${token}`;
    const response = await fetch(location.pathname, {
      method: "POST",
      headers,
      body: JSON.stringify(operation),
      credentials: "omit",
      cache: "no-store",
    });
    const text = await response.text();
    try {
      return JSON.parse(text);
    } catch {
      throw new Error(`${response.status} ${response.statusText}: ${text.trim()}`);
    }
  }

  /// As GraphiQL calls it.
  async function fetcher({ query, variables, operationName }) {
    // Run at once after a change, it still names the operation of the text before.
    const isThere = new RegExp(`\\b${operationName}\\b`).test(query);
    const answer = await ask({ query, variables, operationName: isThere ? operationName : undefined });
    const codes = (answer.errors ?? []).map((error) => error.extensions?.code);
    if (codes.includes("UNAUTHENTICATED")) showIdentity();
    return answer;
  }

  // MARK: - Access token

  // Gone with the tab: the token, and what GraphiQL remembers, which may name candidates.
  const storage = window.sessionStorage;
  const tokenKey = "shortlist.token";

  /// The token in what was pasted: bare, after “Bearer”, or in the line that `shortlist token` prints.
  function readToken(text) {
    const trimmed = text.trim().replace(/^Bearer\s+/i, "");
    try {
      return JSON.parse(trimmed).accessToken ?? trimmed;
    } catch {
      return trimmed;
    }
  }

  function show(state, ...content) {
    identity.className = state;
    identity.replaceChildren(...content);
  }

  /// Tells whom the token signs in.
  async function showIdentity() {
    const token = tokenField.value;
    if (token === "") {
      const command = document.createElement("code");
      command.textContent = "shortlist token --email you@example.com";
      return show("", "Not signed in. Get a token: ", command);
    }
    if (!/^[\w.~+/=-]+$/.test(token)) return show("bad", "This is not an access token.");
    try {
      const answer = await ask({ query: "{ viewer { email } }" });
      if (token !== tokenField.value) return;
      const email = answer.data?.viewer?.email;
      if (email) return show("good", `Signed in as ${email}.`);
      show("bad", answer.errors?.[0]?.message ?? "The token signs nobody in. It may have expired: get a new one.");
    } catch {
      if (token === tokenField.value) show("bad", "The server does not answer.");
    }
  }

  tokenField.addEventListener("input", () => {
    const token = readToken(tokenField.value);
    if (token !== tokenField.value) tokenField.value = token;
    if (token === "") storage.removeItem(tokenKey);
    else storage.setItem(tokenKey, token);
    showIdentity();
  });
  tokenField.value = storage.getItem(tokenKey) ?? "";
  showIdentity();

  // MARK: - Examples

  const exampleField = document.getElementById("example");

  /// Each begins with `## ` and its title; comments after it are its variables.
  function readExamples(text) {
    return text.split(/^## /m).slice(1).map((part) => {
      const [title, ...lines] = part.trimEnd().split("\n");
      const isComment = (line) => line.startsWith("#");
      return {
        title,
        variables: lines.filter(isComment).map((line) => line.replace(/^# ?/, "")).join("\n"),
        query: lines.filter((line) => !isComment(line)).join("\n"),
      };
    });
  }

  async function loadExamples() {
    const response = await fetch(exampleField.dataset.source);
    return response.ok ? readExamples(await response.text()) : [];
  }

  /// Lives inside GraphiQL, where its editors can be reached; shows what stands in the place of its logo.
  function Bridge({ examples }) {
    const { queryEditor, variableEditor, responseEditor, addTab, activeTabIndex } =
      GraphiQL.React.useEditorContext({ nonNull: true });
    const next = useRef(null);

    function fill(example) {
      queryEditor.setValue(example.query);
      variableEditor.setValue(example.variables);
      responseEditor?.setValue("");
    }

    // What somebody wrote is left alone: the example then gets a tab of its own.
    function choose(example) {
      const query = queryEditor.getValue().trim();
      const variables = variableEditor.getValue().trim();
      const shown = examples.find((example) => example.query === query);
      if (query === "" || (shown && (variables === "" || variables === shown.variables))) return fill(example);
      next.current = example;
      addTab();
    }

    useEffect(() => {
      if (!next.current || !queryEditor) return;
      fill(next.current);
      next.current = null;
    }, [activeTabIndex]);

    useEffect(() => {
      if (!queryEditor || !variableEditor) return;
      const onChoice = () => {
        const example = examples[exampleField.value];
        if (example) choose(example);
      };
      // The field names the example only as long as the editor holds it.
      const onEdit = () => {
        const index = examples.findIndex((example) => example.query === queryEditor.getValue().trim());
        exampleField.value = index < 0 ? "" : String(index);
      };
      onEdit();
      exampleField.addEventListener("change", onChoice);
      queryEditor.on("change", onEdit);
      return () => {
        exampleField.removeEventListener("change", onChoice);
        queryEditor.off("change", onEdit);
      };
    });

    // Tab leaves an editor, so that the keyboard reaches what stands after it.
    useEffect(() => {
      const keys = { Tab: false, "Shift-Tab": false };
      const editors = [queryEditor, variableEditor, responseEditor].filter(Boolean);
      for (const editor of editors) editor.addKeyMap(keys);
      return () => editors.forEach((editor) => editor.removeKeyMap(keys));
    }, [queryEditor, variableEditor, responseEditor]);

    return createElement("a", { href: exampleField.dataset.licenses }, "GraphiQL and its licences");
  }

  // MARK: - Start

  // Half of the height for variables, which here are most of the input, unless another share was chosen.
  const share = "graphiql:secondaryEditorFlex";
  if (storage.getItem(share) === null) storage.setItem(share, "1");

  loadExamples().catch(() => []).then((examples) => {
    examples.forEach(({ title }, index) => exampleField.add(new Option(title, String(index))));
    ReactDOM.render(
      createElement(
        GraphiQL,
        {
          fetcher,
          storage,
          defaultQuery: examples[0]?.query,
          defaultEditorToolsVisibility: true,
          isHeadersEditorEnabled: false,
          shouldPersistHeaders: false,
        },
        createElement(GraphiQL.Logo, null, createElement(Bridge, { examples }))
      ),
      document.getElementById("explorer")
    );
  });
})();
