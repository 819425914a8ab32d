/** What makes a shell ask this program what may come next. */

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

const bash = `# agentcoord completion bash: put  source <(agentcoord completion bash)  into ~/.bashrc
_agentcoord() {
  local IFS=$'\\n'
  COMPREPLY=($(agentcoord complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _agentcoord agentcoord
`;

const zsh = `#compdef agentcoord
# agentcoord completion zsh: put  source <(agentcoord completion zsh)  into ~/.zshrc, after compinit
_agentcoord() {
  local -a found
  found=("\${(@f)$(agentcoord complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  compadd -a found
}
compdef _agentcoord agentcoord
`;

const fish = `# agentcoord completion fish: agentcoord completion fish > ~/.config/fish/completions/agentcoord.fish
function __agentcoord_complete
  set -l words (commandline -opc) (commandline -ct)
  agentcoord complete -- $words[2..-1] 2>/dev/null
end
complete -c agentcoord -f -a '(__agentcoord_complete)'
`;

export const completionScripts: Readonly<Record<Shell, string>> = { bash, zsh, fish };
