import { type CanActivate, type ExecutionContext, ForbiddenException, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { claimOf } from 'mandate';

export type Permission = 'orders:read' | 'orders:refund';

/** What the members of each group may do. */
const PERMISSIONS: ReadonlyMap<string, readonly Permission[]> = new Map<string, readonly Permission[]>([
  ['support', ['orders:read']],
  ['finance', ['orders:read', 'orders:refund']],
]);

export const RequirePermission = Reflector.createDecorator<Permission>();

/** Runs after CognitoAuthGuard, which has verified the token. */
@Injectable()
export class PermissionsGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    const permission = this.reflector.getAllAndOverride<Permission | undefined>(RequirePermission, targets);
    if (permission === undefined) {
      return true;
    }
    const groups = claimOf('groups', context) ?? [];
    if (groups.some((group) => PERMISSIONS.get(group)?.includes(permission))) {
      return true;
    }
    throw new ForbiddenException(`This needs the permission ${permission}.`);
  }
}
