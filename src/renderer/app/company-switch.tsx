/** Whose app it is, above the screens; with several companies at the host, the way to the others. */
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Icon } from '../design/icon.tsx';
import mark from '../design/mark.svg';
import { useLive } from '../lib/company-context.tsx';
import { useCompanies } from '../lib/use-companies.ts';
import { strings } from './strings.ts';

export function CompanySwitch() {
  const name = useLive(({ company }) => company?.name ?? strings.product);
  const { companies, companyId, switchTo } = useCompanies();
  if (companies.length < 2) {
    return (
      <div className="mb-4 flex h-8 items-center gap-2.5 px-3.5 max-md:hidden">
        <Names name={name} />
      </div>
    );
  }
  return (
    <MenuTrigger>
      <Button className="mx-1.5 mb-3 flex h-10 items-center gap-2.5 rounded-md px-2 text-left transition-colors duration-150 data-hovered:bg-hover data-pressed:bg-chosen max-md:mx-0 max-md:mb-0 max-md:h-9">
        <Names name={name} />
        {/* What is seen belongs into its name; on a narrow window its own name is not to be seen. */}
        <span className="sr-only xl:hidden">{name}</span>
        <span className="sr-only">{strings.switchCompany}</span>
        <Icon name="down" className="hidden text-faint xl:block" />
      </Button>
      <Popover
        placement="bottom start"
        className="min-w-52 max-w-80 animate-enter overflow-y-auto rounded-md border border-line-strong/60 bg-raised p-1 shadow-raised"
      >
        <Menu
          aria-label={strings.companies}
          className="outline-none"
          items={companies}
          selectionMode="single"
          selectedKeys={companyId === null ? [] : [companyId]}
          onAction={(key) => {
            const chosen = companies.find(({ id }) => id === key);
            if (chosen && chosen.id !== companyId) switchTo(chosen.id);
          }}
        >
          {(one) => (
            <MenuItem
              id={one.id}
              textValue={one.name}
              className="group flex items-center gap-2 rounded-sm px-2.5 py-1 outline-none data-focused:bg-hover"
            >
              <span className="min-w-0 flex-1 truncate">{one.name}</span>
              <Icon name="check" className="invisible text-alive group-data-selected:visible" />
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function Names({ name }: { name: string }) {
  return (
    <>
      <img src={mark} alt="" className="size-7" />
      <span className="hidden min-w-0 flex-1 xl:block">
        <span className="block truncate font-semibold leading-4">{name}</span>
        <span className="block font-mono text-[10px] text-faint leading-4">{strings.product}</span>
      </span>
    </>
  );
}
