/** What makes a shell ask this program what may come next. */

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

// Each line that comes back is a word, a tab, and what it is. Where nothing comes back the shell offers files.

const bash = `# agentcoord completion bash: put  source <(agentcoord completion bash)  into ~/.bashrc
_agentcoord() {
  local IFS=$'\\n' line
  local -a found=($(agentcoord complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
  COMPREPLY=()
  for line in "\${found[@]}"; do
    # What a word is may be listed, and is never to be put in.
    if [[ \${#found[@]} -gt 1 && $COMP_TYPE == 63 && $line != *$'\\t' ]]; then
      line=\${line/$'\\t'/  -- }
      COMPREPLY+=("\${line:0:\${COLUMNS:-80}-2}")
    else
      COMPREPLY+=("\${line%%$'\\t'*}")
    fi
  done
}
complete -o default -F _agentcoord agentcoord
`;

const zsh = `#compdef agentcoord
# agentcoord completion zsh: put  source <(agentcoord completion zsh)  into ~/.zshrc, after compinit
_agentcoord() {
  local line
  local -a found shown
  found=("\${(@f)$(agentcoord complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  for line in $found; do
    shown+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  if (( $#shown )); then
    _describe agentcoord shown
  else
    _files
  fi
}
compdef _agentcoord agentcoord
`;

const fish = `# agentcoord completion fish: agentcoord completion fish > ~/.config/fish/completions/agentcoord.fish
function __agentcoord_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l found (agentcoord complete -- $words[2..-1] 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c agentcoord -f -a '(__agentcoord_complete)'
`;

export const completionScripts: Readonly<Record<Shell, string>> = { bash, zsh, fish };
